import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, columnsText, compareKeys, layoutOf, magic } from '../../src/state/fields/format.ts';
import { FieldMemory } from '../../src/state/fields/memory.ts';
import { loadFingerprints } from '../../src/state/fingerprint.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { city, keyOf, known, name, open, update } from './field-memory.ts';

/** 5,000 records, and what came to some of them later: two segments. */
async function committedTwice(folder: string): Promise<{ path: string; before: Buffer; after: Buffer }> {
  const path = join(folder, 'accepted-Company.fields');
  const memory = await open(folder);
  const columns = [memory.columnOf(name), memory.columnOf(city)];
  for (let n = 0; n < 5000; n++)
    memory.put(
      keyOf(n),
      update(
        columns.map(column => [column, n + 1]),
        true,
      ),
    );
  await memory.commit();
  const before = readFileSync(path);
  for (let n = 0; n < 1000; n += 10) memory.put(keyOf(n), update([[1, 7]]));
  await memory.commit();
  return { path, before, after: readFileSync(path) };
}

test('a commit costs what changed: it is written behind the rest', async () => {
  const { before, after } = await committedTwice(await temporaryFolder());
  expect(after.length - before.length).toBeLessThan(5000);
  expect(after.subarray(512, before.length).equals(before.subarray(512))).toBe(true);
});

test('room that nothing needs any more is given back', async () => {
  const folder = await temporaryFolder();
  const { path, before } = await committedTwice(folder);
  for (let round = 0; round < 40; round++) {
    const memory = await open(folder);
    for (let n = 0; n < 1000; n += 10) memory.put(keyOf(n), update([[1, round + 1]]));
    await memory.commit();
    expect(statSync(path).size).toBeLessThan(before.length * 2);
  }
  expect(await known(await open(folder), 10)).toEqual([11, 40]);
});

test('a commit that a crash cut off anywhere never was', async () => {
  const folder = await temporaryFolder();
  const { path, before, after } = await committedTwice(folder);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: before.length, max: after.length }),
      fc.boolean(),
      async (at, holes) => {
        const torn = Buffer.from(after.subarray(0, at));
        before.copy(torn, 0, 0, 512);
        // The disk had the length, but not the content.
        if (holes) torn.fill(0, before.length);
        writeFileSync(path, torn);
        const memory = await open(folder);
        expect(await known(memory, 10)).toEqual([11, 11]);
        expect(await known(memory, 11)).toEqual([12, 12]);
        memory.put(keyOf(10), update([[0, 3]]));
        await memory.commit();
        const again = await open(folder);
        expect(await known(again, 10)).toEqual([3, 11]);
        expect(await known(again, 20)).toEqual([21, 21]);
      },
    ),
    { numRuns: 30 },
  );
});

test('damage of any byte of several segments: told, and never read over', async () => {
  const folder = await temporaryFolder();
  const { path, after } = await committedTwice(folder);
  const whole = readFileSync(path);
  expect(whole.equals(after)).toBe(true);
  const places = fc.oneof(fc.nat(after.length - 1), fc.nat(1023));
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const bytes = Buffer.from(after);
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      writeFileSync(path, bytes);
      const readAll = async (): Promise<void> => {
        const memory = await open(folder);
        for (let n = 0; n < 5000; n += 20)
          expect(await known(memory, n)).toEqual([n + 1, n < 1000 ? 7 : n + 1]);
      };
      expect((await refusal(readAll)).message).toMatch(/damaged|newer/);
    }),
    { numRuns: 40 },
  );
  writeFileSync(path, after.subarray(0, after.length - 100));
  expect((await refusal(() => open(folder))).message).toContain('damaged');
});

test('the header alone is read before something is asked', async () => {
  const folder = await temporaryFolder();
  const { path, after } = await committedTwice(folder);
  writeFileSync(path, Buffer.from(after).fill(0, 512));
  const memory = await FieldMemory.open(folder, 'Company', 'Cust1');
  await memory.commit();
  expect((await refusal(() => memory.read([]))).message).toContain('damaged');
  writeFileSync(path, 'nonsense');
  const opening = (): Promise<unknown> => FieldMemory.open(folder, 'Company', 'Cust1');
  expect((await refusal(opening)).message).toContain('damaged');
});

test('a file of the first format is read, and written anew in this one', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'accepted-Company.fields');
  const { raw, text } = await loadFingerprints();
  const zero = { lo: 0, hi: 0 };
  const { wordsPerBlock } = layoutOf(1);
  const block = new Uint32Array(wordsPerBlock);
  const keys = [keyOf(1), keyOf(2)].sort(compareKeys);
  block.set(keys.flatMap(({ lo, hi }) => [lo, hi, lo]));
  const sum = raw(bytesOf(block.subarray(0, -2)), zero);
  block.set([sum.lo, sum.hi], wordsPerBlock - 2);
  const names = columnsText([name]);
  const owner = text('Cust1');
  const first = keys[0] ?? zero;
  const tail = Buffer.concat([bytesOf(Uint32Array.of(first.lo, first.hi)), names]);
  const header = Uint32Array.of(...magic, 1, 2, owner.lo, owner.hi, 0, 0, 1, names.length, 0, 0, 0, 0, 0, 0);
  const headerSum = raw(Buffer.concat([bytesOf(header), tail]), zero);
  header.set([headerSum.lo, headerSum.hi], 6);
  writeFileSync(path, Buffer.concat([bytesOf(header), bytesOf(block), tail]));
  const memory = await open(folder);
  expect(await known(memory, 1)).toEqual([keyOf(1).lo]);
  memory.put(keyOf(3), update([[memory.columnOf(city), 5]], true));
  await memory.commit();
  expect(readFileSync(path).readUInt32LE(8)).toBe(2);
  for (const each of [memory, await open(folder)]) {
    expect(await known(each, 2)).toEqual([keyOf(2).lo, 0]);
    expect(await known(each, 3)).toEqual([0, 5]);
  }
});
