import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import { badRequest } from '../refusal.ts';
import type { Source } from '../source.ts';
import { operandsOf } from './operands.ts';
import { type Operator, operatorsOf } from './operators.ts';
import type { Condition, Filter } from './syntax.ts';

export type Predicate = (row: DbRow) => boolean;

/** The operator of a condition; refuses with column, operator and type what the type does not have. */
export function operatorOf(condition: Condition, column: Column): Operator {
  if (column.restriction === null)
    throw badRequest(`Column '${condition.column}' cannot be used in a filter.`);
  const name = condition.operator.replace('()', '');
  const operators = operatorsOf[column.restriction];
  const operator = operators[condition.operator] ?? operators[condition.operator.toLowerCase()];
  if (operator === undefined)
    throw badRequest(
      `Operator '${name}' cannot be used on column '${condition.column}' of restriction type '${column.restriction}'.`,
    );
  const [least, most] = operator.values;
  const count = condition.values.length;
  if (count < least || count > most)
    throw badRequest(
      `Operator '${name}' on column '${condition.column}' takes ${least === most ? least : `at least ${least}`} value(s), not ${count}.`,
    );
  return operator;
}

/** Turns a filter into a test of rows. Every fault is refused here, before a row is read. */
export function compileFilter(filter: Filter, columnOf: (name: string) => Column, source: Source): Predicate {
  if (filter.kind === 'condition') return compileCondition(filter, columnOf(filter.column), source);
  const tests = filter.branches.map(branch => compileFilter(branch, columnOf, source));
  return filter.kind === 'and' ? row => tests.every(test => test(row)) : row => tests.some(test => test(row));
}

/** How many values a list may hold is the installation's matter (quirks.ts). */
function refuseTooMany({ column, values }: Condition, { database }: Source): void {
  const most = database.quirks['values-in-one-in'];
  if (most !== 'any' && values.length > Number(most))
    throw badRequest(
      `The list of column '${column}' holds ${values.length} values, at most ${most} are taken.`,
    );
}

function compileCondition(condition: Condition, column: Column, source: Source): Predicate {
  refuseTooMany(condition, source);
  const test = operatorOf(condition, column).test(operandsOf(condition, column), source);
  const recordKey = column.recordKey;
  const key = recordKey && numericOperand(condition);
  if (recordKey === undefined || key === undefined) return row => test(column.cell(row, source));
  return row => test(column.cell(row, source)) || recordKey(row, source) === key;
}

/**
 * A column of type stringorPK may read a numeric value as a primary key (reading.md, section 8); `is` compares the text.
 */
function numericOperand({ operator, values }: Condition): number | undefined {
  const [value] = values;
  if (value === undefined || !['=', 'eq', 'equals'].includes(operator.toLowerCase())) return undefined;
  return /^\d+$/.test(value.text) ? Number(value.text) : undefined;
}
