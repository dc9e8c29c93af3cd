import type { Cell } from '../column.ts';
import type { Operator, Operators } from './operators.ts';

const any = Number.MAX_SAFE_INTEGER;

/** A missing number compares as 0, which is how the database keeps it. */
function numberOf(cell: Cell): number {
  return typeof cell === 'number' ? cell : Number(cell ?? 0);
}

function comparison(holds: (value: number, operand: number) => boolean): Operator {
  return {
    values: [1, 1],
    test: operands => {
      const [operand = 0] = operands.numbers();
      return cell => holds(numberOf(cell), operand);
    },
  };
}

const equals: Operator = { ...comparison((value, operand) => value === operand), isEquality: true };
const unequals = comparison((value, operand) => value !== operand);
const less = comparison((value, operand) => value < operand);
const greater = comparison((value, operand) => value > operand);

const oneOf: Operator = {
  values: [1, any],
  isEquality: true,
  test: operands => {
    const wanted = new Set(operands.numbers());
    return cell => wanted.has(numberOf(cell));
  },
};

const notOneOf: Operator = {
  values: [1, any],
  test: operands => {
    const unwanted = new Set(operands.numbers());
    return cell => !unwanted.has(numberOf(cell));
  },
};

const between: Operator = {
  values: [2, 2],
  test: operands => {
    const [low = 0, high = 0] = operands.numbers();
    return cell => numberOf(cell) >= low && numberOf(cell) <= high;
  },
};

const equalities: Operators = { '=': equals, eq: equals, equals };
const greaterOrLess: Operators = { lt: less, less, '<': less, gt: greater, greater, '>': greater };

export const numberOperators: Operators = {
  ...equalities,
  ...greaterOrLess,
  set: equals,
  ne: unequals,
  unequals,
  '!=': unequals,
  between,
  in: oneOf,
  oneof: oneOf,
  notoneof: notOneOf,
};

/** Ids, not names. The specification's own sample compares a list with `gt`. */
export const listOperators: Operators = {
  ...equalities,
  ...greaterOrLess,
  in: oneOf,
  oneof: oneOf,
  notoneof: notOneOf,
};

/** Associate ids, not names; `gt` is seen on `associateDbId`. */
export const associateOperators: Operators = {
  ...equalities,
  ...greaterOrLess,
  associateisoneof: oneOf,
  associateisnotoneof: notOneOf,
  currentassociate: {
    values: [0, 0],
    test:
      (_, { user }) =>
      cell =>
        cell === user.associateId,
  },
};

function overSet(holds: (ids: readonly number[], operands: readonly number[]) => boolean): Operator {
  return {
    values: [1, any],
    test: operands => {
      const wanted = operands.numbers();
      return cell => holds(Array.isArray(cell) ? cell : [], wanted);
    },
  };
}

const anyOf = overSet((ids, wanted) => wanted.some(id => ids.includes(id)));
const allOf = overSet((ids, wanted) => wanted.every(id => ids.includes(id)));
const noneOf = overSet((ids, wanted) => !wanted.some(id => ids.includes(id)));
const notAllOf = overSet((ids, wanted) => !wanted.every(id => ids.includes(id)));

/** Columns that hold several ids: interests and tags. */
export const setOperators: Operators = {
  oneof: anyOf,
  notoneof: noneOf,
  equals: anyOf,
  intarrayoneof: anyOf,
  intarrayallof: allOf,
  intarraynotallof: notAllOf,
  intarraynotanyof: noneOf,
};
