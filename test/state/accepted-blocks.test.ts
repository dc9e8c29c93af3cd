import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AcceptedLayout,
  type AcceptedRecord,
  type AcceptedStore,
  type ArrangedBlock,
  type Hash64,
  openAccepted,
  readAcceptedBlocks,
} from '../../src/state/accepted.ts';
import { noBlocks } from '../../src/state/accepted-blocks.ts';
import { patience, tries } from '../fuzz/tries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

function hash(n: number, kind = 0): Hash64 {
  return { lo: Math.imul(n + 1, 0x9e3779b1 + 2 * kind) >>> 0, hi: (n * 7 + kind) >>> 0 };
}

function record(n: number, version = 0): AcceptedRecord {
  return { key: hash(n), raw: hash(n, 10 + version), content: hash(n, 100 + version) };
}

const layoutOf = (n: number): AcceptedLayout => ({
  layout: hash(n, 1000),
  meaning: hash(n, 2000),
  columns: ['Key', `Column ${n} "Ø"`],
});

/** A block of a file whose bytes are those of these records. */
function shapeOf(records: readonly AcceptedRecord[]) {
  const text = JSON.stringify(records.map(({ raw }) => raw));
  let sum = 7;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return {
    records: records.length,
    length: text.length,
    ordinals: records.length + 3,
    hash: { lo: sum, hi: text.length },
    start: sum % 1000,
    isOpen: records.length % 2 === 1,
  };
}

/** Reads a file as an import does: passes blocks by that stand, and accepts the others' records. Answers how many it passed by. */
function readFile(
  store: AcceptedStore,
  layout: AcceptedLayout,
  blocks: readonly (readonly AcceptedRecord[])[],
  refused: (record: AcceptedRecord) => boolean = () => false,
): number {
  let passed = 0;
  const arranged = blocks.map((records): ArrangedBlock => {
    const block = shapeOf(records);
    const known = store.findBlock(layout.meaning, block);
    if (known) {
      passed++;
      // It has to hold these records and no others.
      expect(known).toMatchObject(block);
      expect(records.map((_, nth) => store.at(known.first + nth))).toEqual(records);
      return { block, at: known.first };
    }
    const at = records.map(one => {
      if (!refused(one)) return store.accept(one) + 1;
      store.forget(one.key);
      return 0;
    });
    return { block, at: Int32Array.from(at) };
  });
  store.arrange(layout, arranged);
  return passed;
}

const range = (from: number, to: number): AcceptedRecord[] =>
  Array.from({ length: to - from }, (_, n) => record(from + n));

describe('blocks of accepted records', () => {
  test('come back with the columns of their file', async () => {
    const path = await temporaryFolder();
    const store = await openAccepted(path, 'Company', 'Cust1');
    readFile(store, layoutOf(1), [range(0, 3), range(3, 5)]);
    readFile(store, layoutOf(2), [range(10, 14)]);
    await store.commit();
    const kept = await readAcceptedBlocks(path, 'Company');
    expect(kept.layouts).toEqual([layoutOf(1), layoutOf(2)]);
    const { blocks } = kept;
    expect(Array.from({ length: blocks.length }, (_, number) => blocks.at(number))).toEqual([
      { ...shapeOf(range(0, 3)), first: 0, layout: 0 },
      { ...shapeOf(range(3, 5)), first: 3, layout: 0 },
      { ...shapeOf(range(10, 14)), first: 5, layout: 1 },
    ]);
    const again = await openAccepted(path, 'Company', 'Cust1');
    expect(readFile(again, layoutOf(1), [range(3, 5), range(0, 3)])).toBe(2);
    expect(readFile(again, layoutOf(2), [range(10, 14)])).toBe(1);
    expect(readFile(again, layoutOf(1), [range(10, 14)])).toBe(0);
  });

  test('are given up for the smallest change of one of their records', async () => {
    const changes: readonly ((store: AcceptedStore) => void)[] = [
      store => store.forget(hash(4)),
      store => store.accept({ ...record(4), raw: hash(4, 77) }),
      store => store.accept({ ...record(4), content: hash(4, 77) }),
      store => store.forgetAll(),
      store => {
        store.forget(hash(4));
        store.accept(record(4));
      },
    ];
    for (const change of changes) {
      const path = await temporaryFolder();
      const store = await openAccepted(path, 'Company', 'Cust1');
      readFile(store, layoutOf(1), [range(0, 3), range(3, 6)]);
      await store.commit();
      const again = await openAccepted(path, 'Company', 'Cust1');
      const find = (opened: AcceptedStore, records: readonly AcceptedRecord[]) =>
        opened.findBlock(layoutOf(1).meaning, shapeOf(records));
      expect(find(again, range(3, 6))).not.toBeNull();
      change(again);
      expect(find(again, range(3, 6))).toBeNull();
      await again.commit();
      expect(find(await openAccepted(path, 'Company', 'Cust1'), range(3, 6))).toBeNull();
    }
  });

  test('stay when their records are accepted again as they are', async () => {
    const path = await temporaryFolder();
    const store = await openAccepted(path, 'Company', 'Cust1');
    readFile(store, layoutOf(1), [range(0, 3), range(3, 6)]);
    await store.commit();
    const again = await openAccepted(path, 'Company', 'Cust1');
    again.accept(record(4));
    again.accept(record(100));
    await again.commit();
    expect(
      readFile(await openAccepted(path, 'Company', 'Cust1'), layoutOf(1), [range(0, 3), range(3, 6)]),
    ).toBe(2);
  });

  test('of a file are given up for what a later file of the run does', async () => {
    const path = await temporaryFolder();
    const store = await openAccepted(path, 'Company', 'Cust1');
    readFile(store, layoutOf(1), [range(0, 3), range(3, 6)]);
    store.accept(record(4, 1));
    await store.commit();
    const again = await openAccepted(path, 'Company', 'Cust1');
    expect(again.findBlock(layoutOf(1).meaning, shapeOf(range(3, 6)))).toBeNull();
    expect(readFile(again, layoutOf(1), [range(0, 3), [record(3), record(4, 1), record(5)]])).toBe(1);
    again.forget(hash(1));
    await again.commit();
    const last = await openAccepted(path, 'Company', 'Cust1');
    expect(readFile(last, layoutOf(1), [range(0, 3), [record(3), record(4, 1), record(5)]])).toBe(1);
  });

  test('hold what they say after whatever happened', { timeout: patience }, async () => {
    const block = fc.array(fc.nat(24), { minLength: 1, maxLength: 5, size: 'max' });
    const file = fc.record({
      layout: fc.nat(1),
      blocks: fc.array(block, { maxLength: 5, size: 'max' }),
      refused: fc.integer({ min: 2, max: 12 }),
    });
    const step = fc.record({
      before: fc.array(fc.tuple(fc.constantFrom('accept', 'forget', 'nothing'), fc.nat(24), fc.nat(1)), {
        maxLength: 3,
      }),
      files: fc.array(file, { maxLength: 3, size: 'max' }),
      /** The same file once more, as in most nights. */
      again: fc.boolean(),
      bump: fc.array(fc.nat(24), { maxLength: 2 }),
      commits: fc.boolean(),
    });
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6, size: 'max' }), async steps => {
        const path = await temporaryFolder();
        const truth = new Map<number, AcceptedRecord>();
        const versions = new Map<number, number>();
        let files: (typeof steps)[number]['files'] = [];
        for (const { before, files: next, again, bump, commits } of steps) {
          const store = await openAccepted(path, 'Company', 'Cust1');
          const kept = new Map(truth);
          for (const n of bump) versions.set(n, (versions.get(n) ?? 0) + 1);
          for (const [action, n, version] of before) {
            if (action === 'accept') {
              store.accept(record(n, version));
              truth.set(n, record(n, version));
            } else if (action === 'forget') {
              store.forget(hash(n));
              truth.delete(n);
            }
          }
          if (!again) files = next;
          const seen = new Set<number>();
          for (const { layout, blocks, refused } of files) {
            // A run takes each key once.
            const rows = blocks
              .map(keys => keys.filter(n => !seen.has(n) && seen.add(n)))
              .filter(keys => keys.length > 0)
              .map(keys => keys.map(n => record(n, (versions.get(n) ?? 0) + 2 * layout)));
            const isRefused = ({ key }: AcceptedRecord): boolean => key.lo % refused === 0;
            passed += readFile(store, layoutOf(layout), rows, isRefused);
            const keyOf = (one: AcceptedRecord): number =>
              [...Array(25).keys()].find(n => hash(n).lo === one.key.lo) ?? -1;
            for (const one of rows.flat()) {
              const index = store.findKey(one.key);
              if (index < 0) truth.delete(keyOf(one));
              else {
                expect(store.at(index)).toEqual(one);
                truth.set(keyOf(one), one);
              }
            }
            if (commits) await store.commit();
          }
          if (commits) await store.commit();
          else {
            truth.clear();
            for (const [n, one] of kept) truth.set(n, one);
          }
          const opened = await openAccepted(path, 'Company', 'Cust1');
          expect(opened.size).toBe(truth.size);
          for (const [n, one] of truth) expect(opened.at(opened.findKey(hash(n)))).toEqual(one);
          const { blocks } = await readAcceptedBlocks(path, 'Company');
          for (let number = 0; number < blocks.length; number++) {
            const { layout, ...one } = blocks.at(number);
            const records = Array.from({ length: one.records }, (_, nth) => opened.at(one.first + nth));
            expect(one).toMatchObject(shapeOf(records));
          }
        }
      }),
      { numRuns: tries(60) },
    );
    expect(passed).toBeGreaterThan(0);
  });
});

describe('a file of accepted records', () => {
  async function written(): Promise<{ path: string; file: string; bytes: Buffer }> {
    const path = await temporaryFolder();
    const store = await openAccepted(path, 'Company', 'Cust1');
    readFile(store, layoutOf(1), [range(0, 50), range(50, 100)]);
    await store.commit();
    const file = join(path, 'accepted-Company');
    return { path, file, bytes: readFileSync(file) };
  }

  test('that is damaged anywhere is refused, and knows no blocks where the damage is in what tells them', async () => {
    const { path, file, bytes } = await written();
    const recordsEnd = 64 + 100 * 24;
    for (let at = 0; at < bytes.length; at += at < 64 || at >= recordsEnd ? 1 : 97) {
      // The version: an older one counts as empty, a newer one is refused in other words.
      if (at >= 8 && at < 12) continue;
      const bad = Buffer.from(bytes);
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(file, bad);
      const opening = openAccepted(path, 'Company', 'Cust1').then(store => store.load());
      expect((await refusal(opening)).message).toContain('is damaged');
      const { blocks } = await readAcceptedBlocks(path, 'Company');
      expect(blocks.length).toBe(at >= 64 && at < recordsEnd ? 2 : 0);
    }
    for (const size of [0, 63, 64, recordsEnd, recordsEnd + 32, bytes.length - 4]) {
      writeFileSync(file, bytes.subarray(0, size));
      expect((await refusal(openAccepted(path, 'Company', 'Cust1'))).message).toContain('is damaged');
      expect(await readAcceptedBlocks(path, 'Company')).toEqual(noBlocks);
    }
  });

  test('of the first format counts as empty, and is replaced', async () => {
    const { path, file, bytes } = await written();
    const old = Buffer.from(bytes.subarray(0, 32 + 100 * 24));
    old.writeUInt32LE(1, 8);
    for (const content of [old, Buffer.concat([old, Buffer.alloc(32)])]) {
      writeFileSync(file, content);
      expect(await readAcceptedBlocks(path, 'Company')).toEqual(noBlocks);
      const store = await openAccepted(path, 'Company', 'Cust1');
      expect([store.size, store.findKey(hash(1)), store.findRaw(hash(1, 10))]).toEqual([0, -1, -1]);
    }
    const store = await openAccepted(path, 'Company', 'Cust1');
    readFile(store, layoutOf(1), [range(0, 3)]);
    await store.commit();
    const again = await openAccepted(path, 'Company', 'Cust1');
    expect([again.size, readFile(again, layoutOf(1), [range(0, 3)])]).toEqual([3, 1]);
  });

  test('of another tenant has blocks to pass text by, and none that were accepted', async () => {
    const { path } = await written();
    expect((await readAcceptedBlocks(path, 'Company')).blocks).toHaveLength(2);
    const other = await openAccepted(path, 'Company', 'Cust2');
    expect(other.findBlock(layoutOf(1).meaning, shapeOf(range(0, 50)))).toBeNull();
  });

  test('that is not there knows no blocks', async () => {
    expect(await readAcceptedBlocks(await temporaryFolder(), 'Company')).toEqual(noBlocks);
  });
});
