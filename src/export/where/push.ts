import type { Slot } from '../../datatypes/field.ts';
import { type Held, nothingHeld } from '../../records/value.ts';
import { type ArchiveColumnInfo, findArchiveColumn } from '../../superoffice/archive-columns.ts';
import * as filter from '../../superoffice/filter.ts';
import type { Expression } from '../expression/expression.ts';
import type { Operand } from './operand.ts';
import type { Operator } from './parse.ts';
import { daysOf, momentOperator, pushDays, pushYears } from './push-days.ts';
import { exact, here, odd, type Pushed, wider } from './pushed.ts';

export interface Comparison {
  readonly expression: Expression;
  readonly operator: Operator;
  readonly operand: Operand;
  /** Decides of a value. */
  readonly test: (held: Held) => boolean;
}

export interface Tenant {
  /** What SuperOffice says of the archive's columns. */
  readonly columns: ReadonlyMap<string, ArchiveColumnInfo>;
  /** The column with the number of each record, which none is without. */
  readonly idColumn: string;
  readonly textFiltersIgnoreCase: boolean;
}

/**
 * Says as much of a criterion as SuperOffice's grammar can (reading.md, section 8). It must never leave out a record that
 * satisfies the criterion: where that is not certain, nothing is asked for.
 */
export function push(comparison: Comparison, tenant: Tenant): Pushed {
  const { expression, test } = comparison;
  const column = filterColumn(expression);
  if (column === null) return here('SuperOffice has no column of it to filter by');
  const info = findArchiveColumn(tenant.columns, column);
  if (!info || info.restriction === '') return here('SuperOffice does not filter by that column');
  const takesNothing = test(nothingIn(expression));
  // Where a column is of another table, a record may have no row there, which satisfies nothing in a database.
  if (column.includes('/') && takesNothing)
    return here('SuperOffice may leave out records that have nothing there');
  const pushed = pushTo(column, info.restriction.toLowerCase(), comparison, tenant);
  return takesNothing && column !== tenant.idColumn ? orNothing(column, pushed) : pushed;
}

/** In the record's own table, too, a database may keep "nothing", which is neither equal to a value nor unequal. */
function orNothing(column: string, pushed: Pushed): Pushed {
  if (pushed.filter === null) return pushed;
  return { ...pushed, filter: filter.or(pushed.filter, filter.isNull(column)) };
}

function pushTo(
  column: string,
  as: string,
  { expression, operator, operand }: Comparison,
  tenant: Tenant,
): Pushed {
  if (operand.is === 'empty')
    return operator === '<>' && expression.type !== 'items'
      ? wider(filter.isNotNull(column), 'what SuperOffice calls empty is looked at again')
      : here('what SuperOffice calls empty is not documented');
  if (expression.function !== null && expression.function !== 'date')
    return expression.function === 'year' && operand.is === 'number'
      ? pushYears(column, as, operator, operand.number)
      : here(`SuperOffice cannot take the ${expression.function} of a column`);
  switch (operand.is) {
    case 'text':
      return pushText(column, as, operator, operand.text, expression.type === 'key', tenant);
    case 'number':
      return as === 'int'
        ? pushInteger(column, operator, operand.number)
        : as === 'decimal'
          ? pushDecimal(column, operator, operand.number)
          : odd(as);
    case 'boolean':
      return as === 'bool' ? exact(filter.isFlag(column, operand.flag === (operator === '='))) : odd(as);
    case 'day':
      return pushDays(column, as, daysOf(operator, operand.day));
    case 'moment':
      return pushDays(column, as, daysOf(momentOperator(operator), operand.moment.slice(0, 10)));
    case 'ids':
      return pushIds(column, as, operator, operand.ids);
    case 'choice':
      return as === 'bool'
        ? exact(filter.isFlag(column, (operand.number === 1) === (operator === '=')))
        : pushIds(column, as, operator, [operand.number]);
  }
}

/** What a record holds in a field that was never filled in. */
function nothingIn({ type, function: applied }: Expression): Held {
  if (applied !== null) return nothingHeld;
  if (type === 'number') return { value: 0, text: '0' };
  return type === 'boolean' ? { value: false, text: 'FALSE' } : nothingHeld;
}

/** The archive column that a filter would name; null: there is none. */
function filterColumn({ field }: Expression): string | null {
  const slot: Slot | undefined = field?.slot;
  switch (slot?.at) {
    case 'dynamic':
      return slot.dayColumn ?? null;
    case 'interests':
      return slot.filterColumn;
    case undefined:
    case 'element':
    case 'foreignKey':
      return null;
    default:
      return slot?.column ?? null;
  }
}

const texts: ReadonlySet<string> = new Set(['string', 'stringorpk', 'positivestring']);

function pushText(
  column: string,
  as: string,
  operator: Operator,
  text: string,
  isKey: boolean,
  { textFiltersIgnoreCase }: Tenant,
): Pushed {
  if (operator === '<>') return here('SuperOffice may take letters for the same that are not');
  if (operator !== '=') return here('SuperOffice has another order of texts');
  if (!filter.canFilter(text))
    return here('SuperOffice cannot be asked for a backslash or a control character');
  if (!texts.has(as)) return odd(as);
  const hasCase = text.toLowerCase() !== text.toUpperCase();
  if (!isKey && hasCase && !textFiltersIgnoreCase) return here('this SuperOffice minds letter case');
  if (isKey) return exact(filter.equalsText(column, text));
  // A number in quotes could be taken for the number of a record, unless it is asked for as a whole (reading.md, section 8).
  const begins = as === 'stringorpk' && /^\d+$/.test(text) ? filter.equalsText : filter.beginsWith;
  return wider(
    filter.or(begins(column, text), filter.beginsWith(column, ' ')),
    'blanks around a text do not count',
  );
}

function pushInteger(column: string, operator: Operator, number: number): Pushed {
  const whole = Number.isInteger(number);
  // The number behind or before it is asked for, and has to fit as well.
  if (Math.abs(number) >= 2 ** 31 - 1) return here('SuperOffice has no whole numbers of that size');
  switch (operator) {
    case '=':
      return whole ? exact(filter.equalsNumber(column, number)) : here('it is no whole number');
    case '<>':
      return whole ? exact(filter.unequalNumber(column, number)) : here('it is no whole number');
    case '>':
      return exact(filter.greaterThan(column, Math.floor(number)));
    case '>=':
      return exact(filter.greaterThan(column, Math.ceil(number) - 1));
    case '<':
      return exact(filter.lessThan(column, Math.ceil(number)));
    case '<=':
      return exact(filter.lessThan(column, Math.floor(number) + 1));
  }
}

/** A little wider than asked for: databases and JavaScript round the last digits differently. */
function pushDecimal(column: string, operator: Operator, number: number): Pushed {
  const room = Math.max(1e-4, Math.abs(number) * 1e-9);
  const low = Number((number - room).toFixed(6));
  const high = Number((number + room).toFixed(6));
  if (Math.abs(number) > 1e14) return here('SuperOffice has no numbers of that size');
  const why = 'the last digits are compared here';
  switch (operator) {
    case '=':
      return wider(filter.betweenNumbers(column, low, high), why);
    case '<>':
      return here(why);
    case '>':
    case '>=':
      return wider(filter.greaterThan(column, low), why);
    case '<':
    case '<=':
      return wider(filter.lessThan(column, high), why);
  }
}

const lists: ReadonlySet<string> = new Set(['listany', 'listall', 'usergroup', 'ejuser', 'ejcategory']);

function pushIds(column: string, as: string, operator: Operator, ids: readonly number[]): Pushed {
  if (ids.length === 0) return { filter: null, why: 'no record has it' };
  const isWanted = operator === '=';
  if (as === 'int')
    return exact(
      isWanted
        ? filter.isOneOfNumbers(column, ids)
        : filter.and(...ids.map(id => filter.unequalNumber(column, id))),
    );
  if (as === 'associate')
    return exact((isWanted ? filter.associateIsOneOf : filter.associateIsNoneOf)(column, ids));
  if (lists.has(as)) return exact((isWanted ? filter.isOneOfList : filter.isNoneOfList)(column, ids));
  if (!isWanted) return here('SuperOffice may leave out records that have none at all');
  if (as === 'intarray') return exact(filter.hasOneOf(column, ids));
  return as === 'listinterest' ? exact(filter.isOneOfList(column, ids)) : odd(as);
}
