import { expect, onTestFinished, test } from 'vitest';
import { type Agreed, runBoth } from './compare.ts';
import { Model } from './model.ts';
import { Place } from './place.ts';
import type { Wish } from './run.ts';
import { bytesOf, type Entry, plain, type Sheet } from './sheet.ts';

const wish: Wish = {
  kind: 'import',
  full: false,
  limit: null,
  allRows: false,
  policy: 'p',
  chunkSize: 100,
  mood: 0,
  writes: 0,
};

function entry(n: number, version = 1, aside = 0): Entry {
  return { key: `K${n}`, version, aside, size: 2000, style: plain };
}

const entries = Array.from({ length: 40 }, (_, n) => entry(n));

function sheet(entries: readonly Entry[], more: Partial<Sheet> = {}): Sheet {
  return {
    format: 'csv',
    encoding: 'utf-8',
    lineEnd: '\n',
    separator: ';',
    columns: ['Name'],
    isClosed: true,
    entries,
    ...more,
  };
}

/** Runs these files day by day, each time beside the model. Answers the last day. */
async function live(
  days: readonly Readonly<Record<string, Sheet>>[],
  last: Partial<Wish> = {},
): Promise<Agreed> {
  const place = await Place.make();
  onTestFinished(() => place.remove());
  const model = new Model();
  let agreed: Agreed | null = null;
  for (const [number, files] of days.entries()) {
    for (const [name, one] of Object.entries(files)) await place.put(name, bytesOf(one));
    const isLast = number === days.length - 1;
    agreed = await runBoth(place, model, Object.keys(files), isLast ? { ...wish, ...last } : wish);
  }
  return agreed ?? expect.unreachable('the files were refused');
}

test('a file that did not change is passed by in blocks, all of it', async () => {
  for (const format of ['csv', 'xml', 'json', 'ndjson'] as const) {
    const file = { [`a.${format}`]: sheet(entries, { format }) };
    const { watched } = await live([file, file]);
    expect([format, watched.passedInBlocks, watched.told]).toEqual([format, 40, []]);
  }
});

test('a key that comes again with its old bytes, behind new ones of the same content, is refused', async () => {
  const again = [entry(0, 1, 5), ...entries];
  const { watched } = await live([{ 'a.csv': sheet(entries) }, { 'a.csv': sheet(again) }]);
  expect(watched.counts).toMatchObject({ unchanged: 40, rejected: 1 });
  // The same where no block is known, so that rows are told by their own bytes.
  const changed = again.map((one, n) => (n % 8 === 2 ? { ...one, version: 2 } : one));
  const { watched: alone } = await live([{ 'a.csv': sheet(entries) }, { 'a.csv': sheet(changed) }]);
  expect(alone.passedInBlocks).toBe(0);
  expect(alone.counts).toMatchObject({ unchanged: 35, created: 5, rejected: 1 });
});

test('the last file has the last word, also of a row that an earlier one has as it was accepted', async () => {
  const first = sheet(entries);
  const { watched } = await live([
    { 'a.csv': first },
    { 'a.csv': first, 'b-last.csv': sheet([entry(3), entry(3, 2), entry(50)]) },
  ]);
  expect(watched.worked).toEqual(['K3', 'K50']);
  // And a file after it finds the key where it stood last.
  const { watched: then } = await live([
    { 'a.csv': first },
    { 'a.csv': first, 'b-last.csv': sheet([entry(3, 2)]), 'c.csv': first },
  ]);
  expect(then.told.at(-1)?.said).toEqual(['The key "K3" is already at b-last.csv, line 2.']);
});

test('what is refused in one file and unchanged in a later one counts as unchanged', async () => {
  const second = sheet(entries, { columns: ['Department'] });
  const { watched } = await live([
    { 'b-last.csv': second },
    { 'a.csv': sheet([entry(3, 7)], { columns: ['Stop', 'Name'] }), 'b-last.csv': second },
  ]);
  expect(watched.counts).toMatchObject({ rejected: 1, unchanged: 40 });
});

test('a row that a later file has again keeps its fate where that file is not reached', async () => {
  const { watched } = await live([{ 'a.csv': sheet([entry(3)]), 'b-last.csv': sheet([entry(3, 2)]) }], {
    limit: 1,
  });
  // Its place and its fate are compared with the model's.
  expect(watched.counts).toMatchObject({ read: 1, created: 1 });
});

test('a run that is limited ends within a block at that row', async () => {
  const file = { 'a.csv': sheet(entries) };
  for (const limit of [0, 1, 15, 16, 17, 39, 40, 41]) {
    const { watched } = await live([file, file], { limit });
    expect([watched.counts.unchanged, watched.isLimited]).toEqual([Math.min(limit, 40), limit < 40]);
  }
});

test('a column that only records within a known block have is a column of the file', async () => {
  for (const format of ['xml', 'json', 'ndjson'] as const) {
    const rare = entries.map((one, n) => ({ ...one, version: n === 5 ? 2 : 1 }));
    const file = { [`a.${format}`]: sheet(rare, { format, columns: ['Name', 'OrgNo'] }) };
    const { inputs, watched } = await live([file, file]);
    expect([format, inputs[0]?.records.columns]).toEqual([
      format,
      expect.arrayContaining(['CompUserKey01', 'Name', 'OrgNo', 'Filler']),
    ]);
    expect(watched.passedInBlocks).toBe(40);
  }
});
