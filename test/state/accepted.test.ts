import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AcceptedRecord, type Hash64, openAccepted } from '../../src/state/accepted.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

/** Spread over 32 bits, so that slots collide as little as real hashes do. */
function hash(n: number, kind = 0): Hash64 {
  return { lo: Math.imul(n + 1, 0x9e3779b1 + 2 * kind) >>> 0, hi: (n * 7 + kind) >>> 0 };
}

function record(n: number, version = 0): AcceptedRecord {
  return { key: hash(n), raw: hash(n, 10 + version), content: hash(n, 100 + version) };
}

describe('accepted records', () => {
  test('come back after a commit, in a file for the owner alone and nothing beside it', async () => {
    const path = await temporaryFolder();
    const store = await openAccepted(path, 'Company', 'Cust1');
    for (let n = 0; n < 5000; n++) store.accept(record(n));
    await store.commit();
    expect(readdirSync(path)).toEqual(['accepted-Company']);
    const file = join(path, 'accepted-Company');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(file).size).toBe(64 + 24 * 5000 + 4);
    const again = await openAccepted(path, 'Company', 'Cust1');
    expect(again.size).toBe(5000);
    for (const n of [0, 1, 4999, 17, 16, 15]) {
      expect(again.at(again.findKey(hash(n)))).toEqual(record(n));
      expect(again.at(again.findRaw(hash(n, 10)))).toEqual(record(n));
    }
    expect(again.findKey(hash(5000))).toBe(-1);
    expect(again.findRaw(hash(5000, 10))).toBe(-1);
  });

  test('a changed one is found by its new bytes only', async () => {
    const path = await temporaryFolder();
    const store = await openAccepted(path, 'Person', 'Cust1');
    for (let n = 0; n < 10; n++) store.accept(record(n));
    store.accept(record(3, 1));
    expect(store.size).toBe(10);
    expect(store.findRaw(hash(3, 10))).toBe(-1);
    expect(store.findRaw(hash(3, 11))).toBe(3);
    expect(store.at(store.findKey(hash(3)))).toEqual(record(3, 1));
  });

  test('a forgotten one is gone, also after a commit, and can come back', async () => {
    const path = await temporaryFolder();
    const store = await openAccepted(path, 'Person', 'Cust1');
    for (let n = 0; n < 10; n++) store.accept(record(n));
    store.forget(hash(4));
    store.forget(hash(99));
    expect([store.size, store.findKey(hash(4)), store.findRaw(hash(4, 10))]).toEqual([9, -1, -1]);
    await store.commit();
    const again = await openAccepted(path, 'Person', 'Cust1');
    expect([again.size, again.findKey(hash(4)), again.findRaw(hash(4, 10))]).toEqual([9, -1, -1]);
    store.accept(record(4));
    expect(store.at(store.findRaw(hash(4, 10)))).toEqual(record(4));
  });

  test('a commit without changes writes nothing', async () => {
    const path = await temporaryFolder();
    await (await openAccepted(path, 'Person', 'Cust1')).commit();
    expect(readdirSync(path)).toEqual([]);
    const store = await openAccepted(path, 'Person', 'Cust1');
    store.accept(record(1));
    await store.commit();
    const file = join(path, 'accepted-Person');
    const before = statSync(file).ino;
    store.accept(record(1));
    await store.commit();
    expect(statSync(file).ino).toBe(before);
  });

  test('behave like a map, whatever is done in whatever order', async () => {
    const step = fc.record({
      do: fc.constantFrom('accept', 'accept', 'forget', 'findKey', 'findRaw', 'reopen'),
      n: fc.nat(30),
      version: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80, size: 'max' }), async steps => {
        const path = await temporaryFolder();
        const truth = new Map<number, AcceptedRecord>();
        let store = await openAccepted(path, 'Company', 'Cust1');
        for (const { do: action, n, version } of steps) {
          if (action === 'accept') {
            store.accept(record(n, version));
            truth.set(n, record(n, version));
          } else if (action === 'forget') {
            store.forget(hash(n));
            truth.delete(n);
          } else if (action === 'reopen') {
            await store.commit();
            store = await openAccepted(path, 'Company', 'Cust1');
          } else {
            const known = truth.get(n);
            const raw = record(n, version).raw;
            const index = action === 'findKey' ? store.findKey(hash(n)) : store.findRaw(raw);
            const wanted =
              action === 'findKey' || (known?.raw.lo === raw.lo && known.raw.hi === raw.hi)
                ? known
                : undefined;
            expect(index < 0 ? undefined : store.at(index)).toEqual(wanted);
          }
          expect(store.size).toBe(truth.size);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('what must never pass for "nothing changed"', () => {
  async function written(): Promise<{ path: string; file: string; bytes: Buffer }> {
    const path = await temporaryFolder();
    const store = await openAccepted(path, 'Company', 'Cust1');
    for (let n = 0; n < 100; n++) store.accept(record(n));
    await store.commit();
    const file = join(path, 'accepted-Company');
    return { path, file, bytes: readFileSync(file) };
  }

  test('a flipped bit anywhere is refused, with what to do', async () => {
    const { path, file, bytes } = await written();
    for (const at of [0, 5, 12, 17, 24, 40, 63, 64, 1000, bytes.length - 1]) {
      const bad = Buffer.from(bytes);
      bad[at] = (bad[at] ?? 0) ^ 1;
      writeFileSync(file, bad);
      const error = await refusal(openAccepted(path, 'Company', 'Cust1').then(store => store.load()));
      expect(error.code).toBe('state');
      expect(error.message).toContain(file);
      expect(error.hint).toContain('Remove that file. The next run then compares every row with SuperOffice');
    }
  });

  test('a torn file is refused', async () => {
    const { path, file, bytes } = await written();
    for (const size of [bytes.length - 1, bytes.length - 24, 64, 10, 0]) {
      writeFileSync(file, bytes);
      truncateSync(file, size);
      expect((await refusal(openAccepted(path, 'Company', 'Cust1'))).message).toContain('is damaged');
    }
  });

  test('a newer format is refused', async () => {
    const { path, file, bytes } = await written();
    bytes.writeUInt32LE(3, 8);
    writeFileSync(file, bytes);
    const error = await refusal(openAccepted(path, 'Company', 'Cust1'));
    expect(error.message).toContain('newer version of sic');
    expect(error.hint).toContain('Update sic');
  });

  test("another tenant's file counts as empty and is replaced", async () => {
    const { path } = await written();
    const other = await openAccepted(path, 'Company', 'Cust2');
    expect([other.size, other.findKey(hash(1))]).toEqual([0, -1]);
    other.accept(record(7));
    await other.commit();
    expect((await openAccepted(path, 'Company', 'Cust2')).size).toBe(1);
    expect((await openAccepted(path, 'Company', 'Cust1')).size).toBe(0);
  });

  test('what a killed run left aside is not read', async () => {
    const { path, file } = await written();
    writeFileSync(`${file}.tmp`, 'half');
    const store = await openAccepted(path, 'Company', 'Cust1');
    expect(store.size).toBe(100);
    store.accept(record(200));
    await store.commit();
    expect(readdirSync(path)).toEqual(['accepted-Company']);
    expect((await openAccepted(path, 'Company', 'Cust1')).size).toBe(101);
  });
});
