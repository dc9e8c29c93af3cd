import { fold } from '../../store/collation.ts';
import type { Cell } from '../column.ts';
import type { Source } from '../source.ts';
import type { Operator, Operators } from './operators.ts';

const any = Number.MAX_SAFE_INTEGER;

type Form = (text: string) => string;

/** The form in which this installation compares texts (quirks.ts). */
function formOf({ database }: Source): Form {
  return database.quirks['string-filters-ignore-case'] === 'yes' ? fold : text => text;
}

function textOf(cell: Cell, form: Form): string {
  return cell === null ? '' : form(String(cell));
}

function comparison(holds: (value: string, operand: string) => boolean): Operator {
  return {
    values: [1, 1],
    test: (operands, source) => {
      const form = formOf(source);
      const operand = form(operands.texts()[0] ?? '');
      return cell => holds(textOf(cell, form), operand);
    },
  };
}

const is: Operator = { ...comparison((value, operand) => value === operand), isEquality: true };

/** `notEnds` fails on real tenants and is missing; `ends` belongs to `positiveString` alone, `endswith` to all. */
export const textOperators: Operators = {
  is,
  eq: is,
  '=': is,
  equals: is,
  isnot: comparison((value, operand) => value !== operand),
  begins: comparison((value, operand) => value.startsWith(operand)),
  notbegins: comparison((value, operand) => !value.startsWith(operand)),
  contains: comparison((value, operand) => value.includes(operand)),
  notcontains: comparison((value, operand) => !value.includes(operand)),
  ends: comparison((value, operand) => value.endsWith(operand)),
  'endswith()': comparison((value, operand) => value.endsWith(operand)),
  between: {
    values: [2, 2],
    test: (operands, source) => {
      const form = formOf(source);
      const [low = '', high = ''] = operands.texts().map(form);
      return cell => textOf(cell, form) >= low && textOf(cell, form) <= high;
    },
  },
  in: {
    values: [1, any],
    isEquality: true,
    test: (operands, source) => {
      const form = formOf(source);
      const wanted = new Set(operands.texts().map(form));
      return cell => wanted.has(textOf(cell, form));
    },
  },
};

function flagTest(wanted: (flag: boolean) => boolean, least: 0 | 1): Operator {
  return {
    values: [least, 1],
    test: operands => {
      const expected = wanted(operands.flag());
      return cell => Boolean(cell) === expected;
    },
  };
}

const isFlag = flagTest(flag => flag, 1);
const isNotFlag = flagTest(flag => !flag, 1);

/** `set` without a value means true. */
export const flagOperators: Operators = {
  set: flagTest(flag => flag, 0),
  eq: isFlag,
  '=': isFlag,
  equals: isFlag,
  ne: isNotFlag,
  '!=': isNotFlag,
  unequals: isNotFlag,
};
