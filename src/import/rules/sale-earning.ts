import type { EarningMethod } from '../../config/config.ts';
import type { Row } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';
import { heldValue } from '../../records/held.ts';
import { comparable, type Wanted } from '../plan/value.ts';
import { type Candidate, fieldNamed, type Rule, saidIn, want, wantedOf } from './rule.ts';

/** The columns an earning may come from, by the method that takes them (integration-cloud.md, section 4.1). */
const columns = { percent: 'EarningPercent', earning: 'Earning', cost: 'Cost' } as const;
type Method = keyof typeof columns;

/** Amount, percentage and earning are worked out of each other, so they are written together. */
const group = 'earning';

/**
 * Cost & earning. The percentage is worked out of what the row says and the amount, as the documents have it:
 * `100*(Earning/Amount)`, in full double precision; of a cost the earning is worked out first, so that figures that come
 * out even are even. An amount of 0 makes the earning 0, and a percentage that has to be worked out too; an amount that
 * the row does not have is SuperOffice's. When only the amount changes, the percentage stays and the earning follows.
 */
export const saleEarning: Rule = {
  check: (row, { earningMethod }) => {
    const given = givenMethods(row);
    return earningMethod === 'auto' && given.length > 1 ? [ambiguous(given)] : [];
  },
  settle: candidate => {
    const { row, wanted, config } = candidate;
    const given = givenMethods(row);
    const method = config.earningMethod === 'auto' ? given[0] : config.earningMethod;
    const warnings = given.filter(each => each !== method).map(each => ignored(each, config.earningMethod));
    const others = wanted.filter(({ field }) => field.name !== 'EarningPercent' && field.name !== 'Earning');
    const value = method === undefined ? undefined : numberIn(row, columns[method]);
    const amount = amountOf(candidate);
    if (value === undefined || method === undefined) {
      if (!wantedOf(wanted, 'Amount') || !candidate.existing) return { wanted: others, warnings };
      return {
        wanted: [...grouped(others), ...triple(candidate, amount, heldNumber(candidate, 'EarningPercent'))],
        warnings,
      };
    }
    if (isHeld(candidate, method, value, amount)) return { wanted: others, warnings };
    if (amount === 0 && value !== 0 && method !== 'percent')
      warnings.push(withoutAmount(columns[method], value));
    return {
      wanted: [
        ...grouped(others),
        ...triple(candidate, amount, percentOf(method, value, amount), earningOf(method, value, amount)),
      ],
      warnings,
    };
  },
};

/**
 * Amount and earning are what SuperOffice holds. People round the earning, or let percentage and earning differ: what a row
 * says nothing new of is not worked out anew.
 */
function isHeld(candidate: Candidate, method: Method, value: number, amount: number): boolean {
  const { datatype, existing } = candidate;
  if (!existing) return false;
  const same = (name: string, wanted: number): boolean =>
    comparable(fieldNamed(datatype, name), wanted) ===
    comparable(fieldNamed(datatype, name), heldNumber(candidate, name));
  if (!same('Amount', amount)) return false;
  return method === 'percent'
    ? same('EarningPercent', value)
    : same('Earning', method === 'cost' ? amount - value : value);
}

function percentOf(method: Method, value: number, amount: number): number {
  if (method === 'percent') return value;
  return amount === 0 ? 0 : 100 * (earningOf(method, value, amount) / amount);
}

/** What the row says is kept to the last digit; only a percentage has to be multiplied. */
function earningOf(method: Method, value: number, amount: number): number {
  if (amount === 0) return 0;
  if (method === 'earning') return value;
  return method === 'cost' ? amount - value : earningAt(amount, value);
}

function earningAt(amount: number, percent: number): number {
  return (amount * percent) / 100;
}

function triple(
  { datatype }: Candidate,
  amount: number,
  percent: number,
  earning = earningAt(amount, percent),
): Wanted[] {
  return [
    want(fieldNamed(datatype, 'EarningPercent'), percent, { group }),
    want(fieldNamed(datatype, 'Earning'), earning, { group }),
  ];
}

function grouped(wanted: readonly Wanted[]): Wanted[] {
  return wanted.map(each => (each.field.name === 'Amount' ? { ...each, group } : each));
}

function givenMethods(row: Row): Method[] {
  return (Object.keys(columns) as Method[]).filter(method => numberIn(row, columns[method]) !== undefined);
}

function numberIn(row: Row, column: string): number | undefined {
  const value = saidIn(row, column);
  return typeof value === 'number' ? value : undefined;
}

function amountOf(candidate: Candidate): number {
  const amount = wantedOf(candidate.wanted, 'Amount');
  return amount ? Number(amount.value ?? 0) : heldNumber(candidate, 'Amount');
}

function heldNumber({ datatype, existing, directory }: Candidate, name: string): number {
  return existing ? Number(heldValue(fieldNamed(datatype, name), existing, directory).value ?? 0) : 0;
}

function ambiguous(given: readonly Method[]): Problem {
  const names = new Intl.ListFormat('en').format(given.map(method => columns[method]));
  return {
    field: given.map(method => columns[method])[1] ?? null,
    value: null,
    code: 'earning-ambiguous',
    message: `${names} are given together, and the earning can only come from one of them.`,
    tip: 'Leave all but one empty, or say which one counts: "sales": { "earningMethod": "cost" } in the config.',
  };
}

function ignored(method: Method, configured: EarningMethod): Problem {
  return {
    field: columns[method],
    value: null,
    code: 'earning-ignored',
    message: `${columns[method]} was left alone: the config says "earningMethod": "${configured}".`,
    tip: 'Leave the column out of the file, or change "earningMethod" under "sales" in the config.',
  };
}

function withoutAmount(column: string, value: number): Problem {
  return {
    field: column,
    value: String(value),
    code: 'earning-without-amount',
    message: `${column} is ${value}, but the amount is 0: percentage and earning become 0.`,
    tip: 'Give the sale its Amount.',
  };
}
