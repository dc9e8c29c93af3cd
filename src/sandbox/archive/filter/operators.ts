import type { Cell, RestrictionType } from '../column.ts';
import type { Source } from '../source.ts';
import { dayOperators, exactTimeOperators, timeOperators } from './date-operators.ts';
import { associateOperators, listOperators, numberOperators, setOperators } from './number-operators.ts';
import type { Operands } from './operands.ts';
import { flagOperators, textOperators } from './text-operators.ts';

export type Test = (cell: Cell) => boolean;

export interface Operator {
  /** Fewest and most values. */
  readonly values: readonly [least: number, most: number];
  /** True when a row passes only if its value is one of the operands: an index can answer. */
  readonly isEquality?: true;
  /** Reads the operands once; the test runs per row. */
  test(operands: Operands, source: Source): Test;
}

/** Operators by name in lower case. */
export type Operators = Readonly<Record<string, Operator>>;

const isNull: Test = cell => cell === null || cell === '' || (Array.isArray(cell) && cell.length === 0);
/** Id 0 is how the database says "none" in a reference. */
const isNoReference: Test = cell => isNull(cell) || cell === 0;

function nullOperators(test: Test): Operators {
  return {
    isnull: { values: [0, 0], test: () => test },
    isnotnull: { values: [0, 0], test: () => cell => !test(cell) },
  };
}

const plainNull = nullOperators(isNull);
const referenceNull = nullOperators(isNoReference);
const { ends: _, ...withoutEnds } = textOperators;

/**
 * Operators of every restriction type (reading.md, section 8). `ge` and `le` are in the specification but fail on real
 * tenants, so they are missing here; what is missing is refused.
 */
export const operatorsOf: Readonly<Record<RestrictionType, Operators>> = {
  int: { ...plainNull, ...numberOperators },
  decimal: { ...plainNull, ...numberOperators },
  string: { ...plainNull, ...withoutEnds },
  stringorPK: { ...plainNull, ...withoutEnds },
  positiveString: { ...plainNull, ...textOperators },
  bool: { ...plainNull, ...flagOperators },
  date: { ...plainNull, ...dayOperators, ...timeOperators },
  unlimitedDate: { ...plainNull, ...dayOperators },
  datetime: { ...plainNull, ...exactTimeOperators },
  associate: { ...referenceNull, ...associateOperators },
  userGroup: { ...referenceNull, ...listOperators },
  ejUser: { ...referenceNull, ...listOperators },
  ejCategory: { ...referenceNull, ...listOperators },
  listAny: { ...referenceNull, ...listOperators },
  listInterest: { ...plainNull, ...setOperators },
  intArray: { ...plainNull, ...setOperators },
  // Counted in seconds; its operators are to be fetched, the documents list none.
  timeSpan: { ...plainNull, ...numberOperators },
};
