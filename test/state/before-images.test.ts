import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastWritten } from '../../src/history/last.ts';
import { type BeforeImage, BeforeImages, readBeforeImages } from '../../src/state/before-images.ts';
import { readFates } from '../../src/state/fates.ts';
import { readNdjsonBackwards } from '../../src/state/ndjson-backwards.ts';
import { createRun, runIds } from '../../src/state/run-folder.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { collect } from './entries.ts';

const image = (n: number): BeforeImage => ({
  n,
  datatype: 'Company',
  key: `C-${n}`,
  does: 'update',
  id: n,
  fields: [
    { field: 'Name', place: '', before: null, after: 'Å "x"' },
    { field: 'Phone1', place: '', before: [], after: [{ value: '11', description: '' }] },
    { field: 'Interests', place: '', before: [1], after: [1, 2] },
  ],
  also: [{ does: 'attach', name: 'a.txt' }],
});

test('what was noted comes back, the last first, with the list values', async () => {
  const run = await createRun(await temporaryFolder(), 0);
  expect(await readBeforeImages(run)).toBeNull();
  const images = new BeforeImages(run, { kind: 'sic.import', tenant: 'T 1', undoes: null });
  expect(await readBeforeImages(run)).toBeNull();
  images.note(image(1));
  images.noteListValue('Category', 'Ny');
  images.note(image(2));
  await images.durable();
  const kept = async () => {
    const found = await readBeforeImages(run);
    if (!found) throw new Error('nothing is kept');
    return found;
  };
  expect(await kept()).toMatchObject({ kind: 'sic.import', tenant: 'T 1', undoes: null });
  expect(await collect((await kept()).images())).toEqual([image(2), image(1)]);
  expect(await (await kept()).listValues()).toEqual([{ list: 'Category', name: 'Ny' }]);
  await images.close();
  // As a power cut leaves it.
  await appendFile(run.file('before.ndjson'), '{"n":3,"datatype":"Com');
  expect(await collect((await kept()).images())).toEqual([image(2), image(1)]);
});

test.each([
  ['of a newer version', '{"formatVersion":2,"kind":"sic.import","tenant":"T","undoes":null}\n'],
  ['that is no such file', '{}\n'],
  ['with a broken line', 'x\n'],
])('a file %s is refused and not half understood', async (_, text) => {
  const run = await createRun(await temporaryFolder(), 0);
  await writeFile(run.file('before.ndjson'), text);
  const refused = await refusal(readBeforeImages(run));
  expect(refused).toMatchObject({
    code: 'state',
    message: expect.stringContaining('before.ndjson is damaged'),
  });
});

test('an entry that cannot be understood is not passed over', async () => {
  const run = await createRun(await temporaryFolder(), 0);
  const head = '{"formatVersion":1,"kind":"sic.import","tenant":"T","undoes":null}\n';
  await writeFile(
    run.file('before.ndjson'),
    `${head}{"n":1,"datatype":"Company","key":"K","does":"creatf"}\n`,
  );
  const kept = await readBeforeImages(run);
  await refusal(async () => {
    for await (const _ of kept?.images() ?? []) expect.unreachable('it is no image');
  });
});

test.each([1, 7, 4_000, 300_000])(
  'backwards: lines of about %d bytes, over the ends of pieces',
  async size => {
    const path = join(await temporaryFolder(), 'x.ndjson');
    const lines = Array.from({ length: Math.max(5, Math.ceil(600_000 / size / 20)) }, (_, n) => ({
      n,
      text: 'å'.repeat(size / 2 + (n % 3)),
    }));
    await writeFile(path, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
    expect(await collect(readNdjsonBackwards(path))).toEqual(lines.toReversed());
    await appendFile(path, '{"n":');
    expect(await collect(readNdjsonBackwards(path))).toEqual(lines.toReversed());
    await appendFile(path, '\n{"n":1}\n');
    expect((await refusal(collect(readNdjsonBackwards(path)))).code).toBe('state');
  },
);

test('the journal tells the fates', async () => {
  const run = await createRun(await temporaryFolder(), 0);
  expect((await readFates(run.journal)).announced).toBe(0);
  const entries = [
    { n: -1, intent: {} },
    { n: 1, intent: {} },
    { n: 2, intent: {} },
    { n: 3, intent: {} },
    { n: 4, intent: {} },
    { n: 2, made: 12 },
    { n: 1, outcome: 'done', id: 11 },
    { n: 2, outcome: 'failed' },
    { n: 3, outcome: 'unknown' },
  ];
  await writeFile(run.journal, entries.map(entry => `${JSON.stringify(entry)}\n`).join(''));
  const fates = await readFates(run.journal);
  expect(fates.announced).toBe(4);
  expect([1, 2, 3, 4, 5].map(n => fates.of(n))).toEqual([
    { outcome: 'done', id: 11 },
    { outcome: 'failed', id: 12 },
    { outcome: 'unknown', id: null },
    { outcome: null, id: null },
    { outcome: null, id: null },
  ]);
});

test('last is the last import that wrote something, and no undo', async () => {
  const state = await temporaryFolder();
  const journaled = async (now: number, kind: 'sic.import' | 'sic.undo') => {
    const run = await createRun(state, now);
    await writeFile(run.journal, '{"n":1,"intent":{}}\n');
    const images = new BeforeImages(run, { kind, tenant: 'T', undoes: null });
    images.note(image(1));
    await images.close();
    await writeFile(run.record, JSON.stringify({ kind: kind.replace('sic.', '') }));
    return run.id;
  };
  await journaled(0, 'sic.import');
  const wanted = await journaled(2_000, 'sic.import');
  await createRun(state, 4_000);
  await journaled(6_000, 'sic.undo');
  expect(await lastWritten(state, await runIds(state))).toBe(wanted);
  expect((await refusal(lastWritten(state, []))).code).toBe('usage');
});
