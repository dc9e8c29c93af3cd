import type { Held } from '../../records/value.ts';
import type { Expression } from '../expression/expression.ts';
import { compareCodes, compareTexts } from '../order/text-order.ts';
import type { Operand } from './operand.ts';
import type { Operator } from './parse.ts';

/** Decides of a value whether it satisfies a criterion. An empty field satisfies `<>` alone. */
export function testOf(
  expression: Expression,
  operator: Operator,
  operand: Operand,
): (held: Held) => boolean {
  if (operand.is === 'empty') return ({ text }) => (text === null) === (operator === '=');
  const compare = comparison(isKey(expression), operator, operand);
  const holds = holdsOf(operator);
  return held => (held.text === null ? operator === '<>' : holds(compare(held)));
}

/** Letter case counts in user keys, also in those of parents. */
function isKey({ type, field, function: applied }: Expression): boolean {
  return type === 'key' || (applied === null && field?.kind === 'relation');
}

/** Negative: the value is before the operand. Not equal, without an order: any other number. */
type Compare = (held: Held) => number;

function comparison(
  isExact: boolean,
  operator: Operator,
  operand: Exclude<Operand, { is: 'empty' }>,
): Compare {
  switch (operand.is) {
    case 'text': {
      const wanted = isExact ? operand.text : operand.text.toLowerCase();
      // An alphabet is dear to ask, and tells nothing more of what is equal.
      const compare = operator === '=' || operator === '<>' ? compareCodes : compareTexts;
      // A key with blanks around it is another one; an import would not find it either.
      if (isExact)
        return ({ value, text }) => compare(typeof value === 'string' ? value : (text ?? ''), wanted);
      return ({ text }) => compare((text ?? '').toLowerCase(), wanted);
    }
    case 'number':
      return ({ value }) => sameOr(Number(value), operand.number);
    case 'boolean':
      return ({ value }) => (value === operand.flag ? 0 : 1);
    case 'day':
      return ({ value }) => compareCodes(String(value).slice(0, 10), operand.day);
    case 'moment':
      return ({ value }) => compareCodes(String(value), operand.moment);
    case 'ids': {
      const wanted = new Set(operand.ids);
      const { key } = operand;
      return ({ value, text }) => {
        const ids = Array.isArray(value) ? value : [Number(value)];
        return ids.some(id => wanted.has(id)) || (key !== undefined && text === key) ? 0 : 1;
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

/** What was worked out by machines differs in the last binary digits. */
function sameOr(a: number, b: number): number {
  return Number(a.toPrecision(14)) === Number(b.toPrecision(14)) ? 0 : a - b;
}
