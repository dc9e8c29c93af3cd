import type { Held } from '../../records/value.ts';
import type { Expression } from '../expression/expression.ts';
import type { Operand } from './operand.ts';
import type { Operator } from './parse.ts';

/** Decides of a value whether it satisfies a criterion. An empty field satisfies `<>` alone. */
export function testOf({ type }: Expression, operator: Operator, operand: Operand): (held: Held) => boolean {
  if (operand.is === 'empty') return ({ text }) => (text === null) === (operator === '=');
  const compare = comparison(type === 'key', operand);
  const holds = holdsOf(operator);
  return held => {
    if (held.text === null) return operator === '<>';
    const order = compare(held);
    return order !== null && holds(order);
  };
}

/** Negative: the value is before the operand. Not equal, without an order: any other number. */
type Compare = (held: Held) => number | null;

function comparison(isKey: boolean, operand: Exclude<Operand, { is: 'empty' }>): Compare {
  switch (operand.is) {
    case 'text': {
      const fold = isKey ? (text: string) => text : (text: string) => text.toLowerCase();
      const wanted = fold(operand.text);
      const number = plainNumber(operand.text);
      return ({ text }) => {
        const value = fold(text ?? '');
        if (value === wanted) return 0;
        const own = number === null ? null : plainNumber(value);
        // 9 comes before 10, also where numbers are kept as texts.
        return own !== null && number !== null && own !== number ? own - number : order(value, wanted);
      };
    }
    case 'number':
      return ({ value }) => sameOr(Number(value), operand.number);
    case 'boolean':
      return ({ value }) => (value === operand.flag ? 0 : 1);
    case 'day':
      return ({ value }) => order(String(value).slice(0, 10), operand.day);
    case 'moment':
      return ({ value }) => order(String(value), operand.moment);
    case 'ids': {
      const wanted = new Set(operand.ids);
      return ({ value }) => {
        const ids = Array.isArray(value) ? value : [Number(value)];
        return ids.some(id => wanted.has(id)) ? 0 : 1;
      };
    }
    case 'choice':
      return ({ value }) => (value === operand.name ? 0 : 1);
  }
}

function holdsOf(operator: Operator): (order: number) => boolean {
  switch (operator) {
    case '=':
      return value => value === 0;
    case '<>':
      return value => value !== 0;
    case '<':
      return value => value < 0;
    case '<=':
      return value => value <= 0;
    case '>':
      return value => value > 0;
    case '>=':
      return value => value >= 0;
  }
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What was worked out by machines differs in the last binary digits. */
function sameOr(a: number, b: number): number {
  return Number(a.toPrecision(14)) === Number(b.toPrecision(14)) ? 0 : a - b;
}

function plainNumber(text: string): number | null {
  return /^[+-]?\d{1,15}(?:[.,]\d{1,9})?$/.test(text) ? Number(text.replace(',', '.')) : null;
}
