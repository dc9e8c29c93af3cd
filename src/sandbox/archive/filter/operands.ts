import type { Column } from '../column.ts';
import { parseDate } from '../dates.ts';
import { badRequest } from '../refusal.ts';
import { type Period, periodNamed } from './periods.ts';
import type { Condition, Literal } from './syntax.ts';

/** What an operator tests against, read from the values of a condition; every reading refuses with column and value. */
export interface Operands {
  readonly count: number;
  numbers(): number[];
  texts(): string[];
  flag(): boolean;
  /** ISO days. */
  days(): string[];
  /** ISO times. */
  times(): string[];
  /** Count and period of a function: `(n, 'period')`, or 1 and the period. */
  span(): { readonly count: number; readonly period: Period };
}

export function operandsOf(condition: Condition, column: Column): Operands {
  const refuse = (literal: Literal, expected: string): Error =>
    badRequest(
      `The value '${literal.text}' cannot be compared with column '${condition.column}' (${column.restriction}): ${expected} was expected.`,
    );
  const numberOf = (literal: Literal): number => {
    const value = Number(literal.text);
    if (literal.text.trim() === '' || Number.isNaN(value)) throw refuse(literal, 'a number');
    return value;
  };
  const timeOf = (literal: Literal): string => {
    const iso = parseDate(literal.text);
    if (iso === undefined) throw refuse(literal, "a date such as '2026-01-31'");
    return iso;
  };
  const { values } = condition;
  return {
    count: values.length,
    numbers: () => values.map(numberOf),
    texts: () => values.map(literal => literal.text),
    flag: () => {
      const [literal] = values;
      if (literal === undefined) return true;
      const text = literal.text.toLowerCase();
      if (text === 'true' || text === '1') return true;
      if (text === 'false' || text === '0') return false;
      throw refuse(literal, 'true or false');
    },
    days: () => values.map(literal => timeOf(literal).slice(0, 10)),
    times: () => values.map(timeOf),
    span: () => {
      const last = values.at(-1);
      const period = last === undefined ? undefined : periodNamed(last.text);
      if (last === undefined || period === undefined)
        throw refuse(last ?? { kind: 'text', text: '' }, "a period such as 'month'");
      const [first] = values;
      return { count: first !== undefined && values.length > 1 ? numberOf(first) : 1, period };
    },
  };
}
