import { expect, test } from 'vitest';
import { loadFingerprints, startChecksum } from '../../src/state/fingerprint.ts';

test('XXH64, as others compute it', async () => {
  const { raw, text } = await loadFingerprints();
  // Reference values of the algorithm: XXH64("", 0) and XXH64("abc", 0).
  expect(text('')).toEqual({ lo: 0x51d8e999, hi: 0xef46db37 });
  expect(text('abc')).toEqual({ lo: 0xad770999, hi: 0x44bc2cf5 });
  expect(raw(Buffer.from('ærlig'), { lo: 0, hi: 0 })).toEqual(text('ærlig'));
});

test('the seed counts in all its bits', async () => {
  const { raw, text } = await loadFingerprints();
  const bytes = Buffer.from('1;2;3');
  const seeds = [
    { lo: 0, hi: 0 },
    { lo: 1, hi: 0 },
    { lo: 0, hi: 1 },
    { lo: 0x80000000, hi: 0x80000000 },
  ];
  const all = seeds.map(seed => JSON.stringify(raw(bytes, seed)));
  expect(new Set(all).size).toBe(4);
  expect(seeds.map(seed => JSON.stringify(text('1;2;3', seed)))).toEqual(all);
});

test('a checksum does not depend on how its bytes arrive', async () => {
  const { raw } = await loadFingerprints();
  const bytes = Buffer.alloc(3 << 20, 'sic');
  const whole = await startChecksum();
  whole.add(bytes);
  const pieces = await startChecksum();
  for (let at = 0; at < bytes.length; at += 99_991) pieces.add(bytes.subarray(at, at + 99_991));
  expect(pieces.end()).toEqual(whole.end());
  expect(whole.end()).toEqual(raw(bytes, { lo: 0, hi: 0 }));
});
