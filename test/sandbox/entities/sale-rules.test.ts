import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Draft } from '../../../src/sandbox/entities/draft.ts';
import { completeEarning } from '../../../src/sandbox/entities/sale-rules.ts';
import { Database } from '../../../src/sandbox/store/database.ts';
import type { DbRow } from '../../../src/sandbox/store/table.ts';

const writing = { database: new Database(), associateId: 1, now: new Date(0) };
const columns = { Amount: 'amount', Earning: 'earning', EarningPercent: 'earning_percent' } as const;
type Name = keyof typeof columns;

/** The three columns after a request that brings `sent`. */
function after(before: DbRow, sent: Partial<Record<Name, number>>): Record<Name, number> {
  const draft = new Draft(writing, before);
  for (const name of Object.keys(sent) as Name[]) {
    draft.sent.add(name);
    draft.columns[columns[name]] = sent[name] ?? 0;
  }
  completeEarning(draft);
  const { Amount, Earning, EarningPercent } = columns;
  return {
    Amount: draft.number(Amount),
    Earning: draft.number(Earning),
    EarningPercent: draft.number(EarningPercent),
  };
}

const cents = fc.integer({ min: -1_000_000_00, max: 1_000_000_00 }).map(value => value / 100);
const sale = fc.record({ amount: cents, earning: cents, earning_percent: cents });
const names = Object.keys(columns) as Name[];

test('what is sent stands, and one that is left out makes earning, percentage and amount agree', () => {
  fc.assert(
    fc.property(
      sale,
      fc.subarray(names, { minLength: 1 }),
      fc.record({ Amount: cents, Earning: cents, EarningPercent: cents }),
      (before, sentNames, values) => {
        const sent = Object.fromEntries(sentNames.map(name => [name, values[name]]));
        const { Amount, Earning, EarningPercent } = after(before, sent);
        expect({ Amount, Earning, EarningPercent }).toMatchObject(sent);
        const bothStand = sentNames.includes('Earning') && sentNames.includes('EarningPercent');
        if (bothStand) return;
        if (Amount === 0) expect(sentNames.includes('Earning') ? EarningPercent : Earning).toBeCloseTo(0);
        else {
          const difference = Math.abs(Earning * 100 - Amount * EarningPercent);
          expect(difference).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(Earning * 100)));
        }
      },
    ),
  );
});

test.each([
  [{ Amount: 200, Earning: 50 }, 25],
  [{ Amount: 100, Earning: 7 }, 7],
  [{ Amount: 100, Earning: -20 }, -20],
  [{ Amount: 0, Earning: 20 }, 0],
])('the percentage of %j is %d', (sent, percent) => {
  expect(after({}, sent).EarningPercent).toBe(percent);
});
