import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inDoubt, updateFrom, updateText } from '../../src/state/fields/update.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { city, keyOf, known, name, open, text1, update } from './field-memory.ts';

test('known before and after a commit, in a file for the owner alone', async () => {
  const folder = await temporaryFolder();
  const memory = await open(folder);
  const columns = [memory.columnOf(name), memory.columnOf(city)];
  expect(columns).toEqual([0, 1]);
  for (let n = 0; n < 5000; n++) memory.put(keyOf(n), update([[n % 2, n + 1]]));
  expect(await known(memory, 17)).toEqual([0, 18]);
  await memory.commit();
  expect(statSync(join(folder, 'accepted-Company.fields')).mode & 0o777).toBe(0o600);
  memory.put(keyOf(17), update([[0, 5]]));
  for (const each of [memory, await open(folder)]) {
    expect(each.columns).toEqual([name, city]);
    expect(await known(each, 4998)).toEqual([4999, 0]);
    expect(await known(each, 5000)).toEqual([0, 0]);
  }
  expect(await known(memory, 17)).toEqual([5, 18]);
});

test('a commit without news writes nothing', async () => {
  const folder = await temporaryFolder();
  const memory = await open(folder);
  memory.columnOf(name);
  memory.put(keyOf(1), update([]));
  await memory.commit();
  expect(() => statSync(join(folder, 'accepted-Company.fields'))).toThrow();
});

test('a field of another type is another field', async () => {
  const folder = await temporaryFolder();
  const before = await open(folder);
  before.put(keyOf(1), update([[before.columnOf(text1), 7]]));
  before.put(keyOf(1), update([[before.columnOf(name), 8]]));
  await before.commit();
  const after = await open(folder);
  expect(after.columnOf({ ...text1, type: 'Number' })).toBe(0);
  expect(await known(after, 1)).toEqual([0, 8]);
  after.put(keyOf(2), update([[0, 9]]));
  await after.commit();
  expect(await known(await open(folder), 1)).toEqual([0, 8]);
  expect(await known(await open(folder), 2)).toEqual([9, 0]);
});

test('another tenant knows nothing, and takes the place of the first', async () => {
  const folder = await temporaryFolder();
  const one = await open(folder);
  one.put(keyOf(1), update([[one.columnOf(name), 7]]));
  await one.commit();
  const other = await open(folder, 'Cust2');
  other.columnOf(name);
  expect(await known(other, 1)).toEqual([0]);
  other.put(keyOf(2), update([[0, 3]]));
  await other.commit();
  expect(await known(await open(folder, 'Cust2'), 1)).toEqual([0]);
});

test('all is forgotten', async () => {
  const folder = await temporaryFolder();
  const memory = await open(folder);
  memory.put(keyOf(1), update([[memory.columnOf(name), 7]]));
  await memory.commit();
  memory.put(keyOf(2), update([[0, 7]]));
  await memory.forgetAll();
  await memory.commit();
  for (const n of [1, 2]) expect(await known(await open(folder), n)).toEqual([0]);
});

test('damage of any byte is told, with what to do, and never read over', async () => {
  const folder = await temporaryFolder();
  const memory = await open(folder);
  const column = memory.columnOf(name);
  for (let n = 0; n < 700; n++) memory.put(keyOf(n), update([[column, n + 1]]));
  await memory.commit();
  const path = join(folder, 'accepted-Company.fields');
  const whole = readFileSync(path);
  const readAll = async (): Promise<void> => {
    const opened = await open(folder);
    for (let n = 0; n < 700; n += 50) await known(opened, n);
    opened.put(keyOf(1), update([[0, 1]]));
    await opened.commit();
  };
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      writeFileSync(path, bytes);
      const refused = await refusal(readAll);
      expect(refused.code).toBe('state');
      expect(refused.hint).toContain('emove that file');
    }),
    { numRuns: 60 },
  );
  for (const length of [0, 63, 64, 5000, whole.length - 1]) {
    writeFileSync(path, whole.subarray(0, length));
    expect((await refusal(readAll)).message).toContain('damaged');
  }
  const newer = Buffer.from(whole);
  newer.writeUInt32LE(3, 8);
  writeFileSync(path, newer);
  expect((await refusal(readAll)).message).toContain('newer version');
});

test('whatever is put, committed and opened again: it knows what a plain map knows', async () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant('put' as const),
      n: fc.nat(600),
      isNew: fc.boolean(),
      hashes: fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(9)), { selector: ([column]) => column }),
    }),
    // So many that they are not merged with what follows.
    fc.record({ do: fc.constant('fill' as const), from: fc.nat(2000), column: fc.nat(3), hash: fc.nat(9) }),
    fc.record({ do: fc.constant('commit' as const) }),
    fc.record({ do: fc.constant('open' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 50 }), async steps => {
      const folder = await temporaryFolder();
      let memory = await open(folder);
      const model = new Map<number, number[]>();
      const places = [name, city, text1, { at: 'OrgNr', type: '' }];
      const put = (n: number, hashes: readonly [number, number][], isNew: boolean): void => {
        const after = [...((isNew ? null : model.get(n)) ?? [0, 0, 0, 0])];
        for (const [column, hash] of hashes) after[column] = hash;
        if (isNew || hashes.length > 0) model.set(n, after);
        const numbered = hashes.map(([column, hash]): [number, number] => [
          memory.columnOf(places[column] ?? name),
          hash,
        ]);
        memory.put(keyOf(n), update(numbered, isNew));
      };
      for (const each of steps) {
        if (each.do === 'put') put(each.n, each.hashes, each.isNew);
        else if (each.do === 'fill')
          for (let n = each.from; n < each.from + 1500; n++) put(n, [[each.column, each.hash]], false);
        else {
          await memory.commit();
          if (each.do === 'open') memory = await open(folder);
        }
      }
      const keys = [...model.keys(), 4000];
      const found = await memory.read(keys.map(keyOf));
      expect(keys.map((_, index) => places.map(place => found[index]?.(memory.columnOf(place))))).toEqual(
        keys.map(n => model.get(n) ?? [0, 0, 0, 0]),
      );
    }),
    { numRuns: 40 },
  );
});

test('more than memory holds goes into the file in the middle of it', async () => {
  const folder = await temporaryFolder();
  const memory = await open(folder);
  const column = memory.columnOf(name);
  for (let n = 0; n < 70_000; n++) memory.put(keyOf(n), update([[column, n + 1]]));
  expect(await known(memory, 69_999)).toEqual([70_000]);
  expect(statSync(join(folder, 'accepted-Company.fields')).size).toBeGreaterThan(65_536 * 12);
  await memory.commit();
  const again = await open(folder);
  for (const n of [0, 1, 65_535, 65_536, 69_999]) expect(await known(again, n)).toEqual([n + 1]);
});

test('an update as a text, for the journal', () => {
  const one = update(
    [
      [0, 0xffffffff],
      [35, 7],
      [36, 0],
    ],
    true,
  );
  const text = updateText(one);
  expect(text).toBe('new 0.1z141z3 z.7 10.0');
  expect(updateFrom(text, column => column)).toEqual(one);
  expect(updateFrom(text, column => (column === 35 ? 2 : null))).toEqual(update([[2, 7]], true));
  expect(updateFrom(updateText(update([])), column => column)).toEqual(update([]));
  for (const odd of [null, 7, 'x', '0.1z;', 'neww']) expect(updateFrom(odd, column => column)).toBeNull();
  expect(inDoubt(one).hashes.get(35)).toBe(0);
});
