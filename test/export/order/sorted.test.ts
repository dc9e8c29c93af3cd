import { execFile } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sorted } from '../../../src/export/order/sorted.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';

interface Row {
  readonly key: number;
  readonly place: number;
  readonly text: string | null;
}

const byKey = (a: Row, b: Row): number => a.key - b.key;

async function* inBatches(rows: readonly Row[], size: number): AsyncGenerator<Row[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

async function collect(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) {
    expect(batch.length).toBeGreaterThan(0);
    rows.push(...batch);
  }
  return rows;
}

/** Rows in no order, each key some times. */
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, place) => ({ key: (place * 7919) % 101, place, text: `rød ${place}` }));

test('sorts as an array does, equal rows in the order they came in', async () => {
  const row = fc.record({
    key: fc.integer({ min: -3, max: 3 }),
    text: fc.option(fc.string({ unit: 'binary' })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 20 }),
      async (drawn, batch, inMemory) => {
        const rows = drawn.map((each, place) => ({ ...each, place }));
        const result = await collect(sorted(inBatches(rows, batch), byKey, inMemory));
        expect(result).toEqual([...rows].sort(byKey));
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['no rows', 0, 10],
  ['one row', 1, 10],
  ['as many as are kept', 2500, 2500],
  ['one more', 2501, 2500],
  ['hundreds of runs', 20_000, 50],
  ['all of them kept unless told otherwise', 20_000, undefined],
])('%s', async (_name, count, inMemory) => {
  const rows = rowsOf(count);
  const batches: Row[][] = [];
  for await (const batch of sorted(inBatches(rows, 700), byKey, inMemory)) batches.push(batch);
  expect(batches.flat()).toEqual([...rows].sort(byKey));
  expect(batches.slice(0, -1).every(batch => batch.length === 1000)).toBe(true);
});

test('rows that are longer than what is read at once', async () => {
  const rows = [300_000, 10, 70_000, 65_536, 0, 1_000_000].map((length, place) => ({
    key: 1_000_000 - length,
    place,
    text: 'æ\n"'.repeat(length),
  }));
  expect(await collect(sorted(inBatches(rows, 2), byKey, 2))).toEqual([...rows].sort(byKey));
});

/** The nameless temporary files that this process has open. */
function spilled(): string[] {
  return readdirSync('/proc/self/fd')
    .map(leadsTo)
    .filter(path => path.startsWith(join(tmpdir(), 'sic-')));
}

function leadsTo(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return ''; // that of the folder itself, while it was read
  }
}

describe.runIf(process.platform === 'linux')('what was spilled is gone', () => {
  test('when the last row was taken, and there is none where all are kept', async () => {
    for await (const batch of sorted(inBatches(rowsOf(3000), 500), byKey)) {
      expect(batch).toHaveLength(1000);
      expect(spilled()).toEqual([]);
    }
    for await (const batch of sorted(inBatches(rowsOf(3000), 500), byKey, 800)) {
      expect(batch).toHaveLength(1000);
      expect(spilled()).toHaveLength(1);
    }
    expect(spilled()).toEqual([]);
  });

  test('when the consumer stops early', async () => {
    for await (const _ of sorted(inBatches(rowsOf(3000), 500), byKey, 800)) {
      expect(spilled()).toHaveLength(1);
      break;
    }
    expect(spilled()).toEqual([]);

    const rows = sorted(inBatches(rowsOf(3000), 500), byKey, 800);
    await rows.next();
    expect(await rows.return([])).toEqual({ done: true, value: [] });
    expect(spilled()).toEqual([]);
    expect(await rows.next()).toEqual({ done: true, value: undefined });
  });

  test('when the source fails', async () => {
    async function* failing(): AsyncGenerator<Row[]> {
      yield* inBatches(rowsOf(3000), 500);
      expect(spilled()).toHaveLength(1);
      throw new Error('the network');
    }
    await expect(collect(sorted(failing(), byKey, 800))).rejects.toThrow('the network');
    expect(spilled()).toEqual([]);
  });

  test('when rows cannot be compared; the source is ended then', async () => {
    let ended = false;
    async function* source(): AsyncGenerator<Row[]> {
      try {
        yield* inBatches(rowsOf(3000), 500);
      } finally {
        ended = true;
      }
    }
    const compare = (a: Row, b: Row): number => {
      if (a.place === 1700) throw new Error('no order');
      return byKey(a, b);
    };
    await expect(collect(sorted(source(), compare, 800))).rejects.toThrow('no order');
    expect({ ended, spilled: spilled() }).toEqual({ ended: true, spilled: [] });
  });
});

test.runIf(process.platform !== 'win32')('no room for them is told with what to do', async () => {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = join(await temporaryFolder(), 'nowhere');
  try {
    expect(await refusal(collect(sorted(inBatches(rowsOf(100), 10), byKey, 20)))).toMatchObject({
      code: 'file',
      message: expect.stringContaining('A temporary copy of the rows to be sorted cannot be written to'),
      hint: expect.stringContaining('TMPDIR'),
    });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
});

test('300,000 rows of a kilobyte are sorted with 64 MB of heap', async () => {
  const folder = await temporaryFolder();
  const program = join(folder, 'sort.mjs');
  await build({
    stdin: {
      contents: `
        import { sorted } from ${JSON.stringify(join(import.meta.dirname, '../../../src/export/order/sorted.ts'))};
        async function* source() {
          for (let place = 0; place < 300_000; place += 1000)
            yield Array.from({ length: 1000 }, (_, n) => {
              const key = ((place + n) * 7919) % 300_007;
              return { key, text: (key + ' ').repeat(200).slice(0, 1000) };
            });
        }
        let [count, last] = [0, -1];
        for await (const batch of sorted(source(), (a, b) => a.key - b.key, 10_000))
          for (const { key } of batch) {
            if (key <= last) throw new Error('not in order');
            last = key;
            count++;
          }
        process.stdout.write(JSON.stringify({ count, peak: process.resourceUsage().maxRSS }));`,
      resolveDir: folder,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    logLevel: 'error',
  });
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=64', program]);
  const { count, peak } = JSON.parse(stdout);
  expect(count).toBe(300_000);
  expect(peak * 1024).toBeLessThan(200e6);
});
