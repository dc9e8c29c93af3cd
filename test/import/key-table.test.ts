import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyTable, type Seen } from '../../src/import/key-table.ts';

/** Keys whose slots are the last ones of a table and the first ones, so that many want the same. */
const hash = fc.record({ lo: fc.integer({ min: 1000, max: 1040 }), hi: fc.integer({ min: 0, max: 1 }) });

const step = fc.oneof(
  fc.record({ does: fc.constant('add' as const), key: hash, ordinal: fc.integer({ min: 1, max: 1e9 }) }),
  fc.record({ does: fc.constant('settle' as const), key: hash, record: fc.integer({ min: 0, max: 1e9 }) }),
  fc.record({ does: fc.constant('remove' as const), key: hash }),
);

test('keys are found until they are taken out, whatever others came and went', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), steps => {
      const table = new KeyTable();
      const model = new Map<string, Seen>();
      for (const step of steps) {
        const { key } = step;
        const name = JSON.stringify(key);
        const known = model.get(name);
        if (step.does === 'add' && known === undefined) {
          const seen = {
            file: 1,
            ordinal: step.ordinal,
            raw: { lo: step.ordinal, hi: 7 },
            status: null,
            record: 0,
          };
          table.add(key, seen.file, seen.ordinal, seen.raw);
          model.set(name, seen);
        } else if (step.does === 'settle') {
          table.settle(key, 'failed', step.record);
          if (known) model.set(name, { ...known, status: 'failed', record: step.record });
        } else if (step.does === 'remove') {
          table.remove(key);
          model.delete(name);
        }
      }
      for (const each of [table, table.copy()])
        for (let lo = 1000; lo <= 1040; lo++)
          for (const hi of [0, 1])
            expect(each.get({ lo, hi })).toEqual(model.get(JSON.stringify({ lo, hi })) ?? null);
    }),
  );
});

test('many keys on their way take the room of a few, and many that stay are all found', () => {
  const table = new KeyTable();
  const key = (n: number) => ({ lo: Math.imul(n, 0x9e37_79b1) >>> 0, hi: n });
  for (let n = 1; n <= 20_000; n++) {
    table.add(key(n), 0, n, key(n));
    if (n > 100) table.remove(key(n - 100));
  }
  for (let n = 20_001; n <= 40_000; n++) table.add(key(n), 0, n, key(n));
  const found = Array.from({ length: 40_000 }, (_, n) => table.get(key(n + 1))?.ordinal ?? 0);
  expect(found).toEqual(Array.from({ length: 40_000 }, (_, n) => (n < 19_900 ? 0 : n + 1)));
});
