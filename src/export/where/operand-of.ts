import type { Field } from '../../datatypes/field.ts';
import { toBoolean } from '../../mapping/convert/boolean.ts';
import { toChoice } from '../../mapping/convert/choice.ts';
import type { Conversion } from '../../mapping/convert/conversion.ts';
import { toDate } from '../../mapping/convert/date.ts';
import { toDateTime } from '../../mapping/convert/date-time.ts';
import { toDecimal } from '../../mapping/convert/number.ts';
import { didYouMean } from '../../problems/did-you-mean.ts';
import type { Names } from '../../records/names.ts';
import { matchAssociate } from '../../superoffice/associates.ts';
import { matchCountry } from '../../superoffice/countries.ts';
import { ignoringCase, type Match } from '../../superoffice/match.ts';
import { allNames } from '../../superoffice/multi-language.ts';
import type { Associate, ListItem, SuperOfficeList } from '../../superoffice/superoffice.ts';
import type { Expression } from '../expression/expression.ts';
import type { Operand } from './operand.ts';
import type { Operator, WrittenCriterion } from './parse.ts';

/** What names in criteria are looked up in. */
export interface LookUp {
  readonly names: Names;
  readonly timeZone: string | null;
  /** The records of a parent's datatype that have this user key; null: SuperOffice cannot be asked for it. */
  readonly parents: (field: Field, key: string) => Promise<readonly number[] | null>;
}

/** An operand, or the end of a sentence that says why the value is none, and what to do. */
export type FoundOperand =
  | { readonly ok: true; readonly operand: Operand }
  | { readonly ok: false; readonly why: string; readonly hint: string };

/** Reads the value of a criterion as its left side means it. Throws SuperOfficeError. */
export async function operandOf(
  { left, operator, value }: WrittenCriterion,
  expression: Expression,
  lookUp: LookUp,
): Promise<FoundOperand> {
  const { type } = expression;
  const isOrdered = type !== 'boolean' && type !== 'choice' && type !== 'item' && type !== 'items';
  if (!isOrdered && operator !== '=' && operator !== '<>')
    return fault(
      `${left} has no order, so ${operator} means nothing`,
      `Write = or <> in place of ${operator}.`,
    );
  if (value === '') return emptyOperand(expression, left, operator);
  switch (type) {
    case 'text':
      return expression.function === 'time' ? timeOperand(value) : found({ is: 'text', text: value });
    case 'key':
      return found({ is: 'text', text: value });
    case 'number':
      return converted(toDecimal(value, null), number => ({ is: 'number', number }));
    case 'boolean':
      return converted(toBoolean(value), flag => ({ is: 'boolean', flag }), 'Write TRUE or FALSE.');
    case 'day':
      return dayOperand(expression, left, value);
    case 'moment':
      return momentOperand(expression, value, lookUp);
    case 'choice':
      return choiceOperand(expression, value);
    case 'item':
    case 'items':
      return itemOperand(expression, value, lookUp);
  }
}

function emptyOperand(
  { type, function: applied }: Expression,
  left: string,
  operator: Operator,
): FoundOperand {
  if (operator !== '=' && operator !== '<>')
    return fault(`nothing is ${operator} an empty value`, `Write ${left}<>"" for those that are filled in.`);
  if (applied === null && (type === 'number' || type === 'boolean'))
    return fault(
      `${left} is never empty in SuperOffice`,
      `Write ${left}${operator}${type === 'number' ? '0' : 'FALSE'}.`,
    );
  return found({ is: 'empty' });
}

/** As the function writes it: `09:30`. */
function timeOperand(value: string): FoundOperand {
  const [, hour, minute] = /^(\d|[01]\d|2[0-3]):([0-5]\d)$/.exec(value) ?? [];
  return hour === undefined || minute === undefined
    ? fault(`"${value}" is no time of the day`, 'Write hours and minutes: 14:30.')
    : found({ is: 'text', text: `${hour.padStart(2, '0')}:${minute}` });
}

const dayForms = '2024-01-31 or 20240131';

function dayOperand(expression: Expression, left: string, value: string): FoundOperand {
  // Read over, it would make `>` mean another thing than it says.
  if (/\d:\d/.test(value) && !/00:00(?::00(?:[.,]0+)?)?(?: ?Z| ?[+-]\d\d:?\d\d)?$/i.test(value))
    return fault(
      `${left} is a day, and "${value}" has a time`,
      `Write the day alone: ${value.slice(0, 10)}.`,
    );
  return converted(toDate(value, []), day => ({ is: 'day', day }), dateHint(expression, value));
}

function momentOperand(expression: Expression, value: string, { timeZone }: LookUp): FoundOperand {
  return converted(
    toDateTime(value, [], timeZone),
    moment =>
      // Without a time the whole day is meant.
      /\d:\d/.test(value) ? { is: 'moment', moment } : { is: 'day', day: moment.slice(0, 10) },
    // Whoever wrote an offset is told how to do without.
    /(?:Z|[+-]\d\d:?\d\d)$/i.test(value) && timeZone === null && /:\d\d/.test(value)
      ? undefined
      : `${dateHint(expression, value).replace(/\.$/, '')}, with or without a time such as 14:30 behind it.`,
  );
}

function dateHint({ field, function: applied }: Expression, value: string): string {
  return /^\d{4}$/.test(value) && field !== null && applied === null
    ? `Write year(${field.name}) in place of ${field.name} for a year, or a day: ${dayForms}.`
    : `Write it as ${dayForms}.`;
}

function choiceOperand({ field }: Expression, value: string): FoundOperand {
  const choices = field?.choices ?? [];
  return converted(toChoice(value, choices), name => ({
    is: 'choice',
    name,
    number: choices.find(choice => choice.name === name)?.number ?? 0,
  }));
}

async function itemOperand(
  { field }: Expression,
  value: string,
  { names, parents }: LookUp,
): Promise<FoundOperand> {
  if (!field) return found({ is: 'text', text: value });
  switch (field.kind) {
    case 'relation': {
      const ids = await parents(field, value);
      return found(ids === null ? { is: 'text', text: value } : { is: 'ids', ids, key: value });
    }
    case 'associate': {
      const known = names.associates.flatMap(({ name, fullName }) => [name, fullName]);
      return matched(users(names.associates, value, field), value, 'user', known);
    }
    case 'country': {
      const known = names.countries.map(({ englishName }) => englishName);
      return matched(idsOf(matchCountry(names.countries, value)), value, 'country', known);
    }
    default:
      return inList(names.lists.get(field.list ?? ''), value, field);
  }
}

/** A full name means everybody who has it, those too who have left: their records are still theirs. */
function users(associates: readonly Associate[], value: string, { name }: Field): number[] {
  const ids = idsOf(matchAssociate(associates, value, name.endsWith('FullName')));
  const wanted = ignoringCase(value);
  const namesakes = associates.filter(({ fullName }) => ignoringCase(fullName) === wanted);
  return namesakes.some(({ id }) => ids.includes(id)) ? namesakes.map(({ id }) => id) : ids;
}

function idsOf(match: Match<{ readonly id: number }>): number[] {
  if (match.kind === 'none') return [];
  return (match.kind === 'one' ? [match.item] : match.items).map(({ id }) => id);
}

/** What an item can be called, best first: as it is shown and stored, in any language, by the last step of its path. */
const spellings: readonly ((item: ListItem) => readonly string[])[] = [
  ({ name, raw }) => [name, raw],
  ({ raw }) => allNames(raw),
  ({ leaf }) => (leaf === null ? [] : allNames(leaf)),
];

/** Every item that reads so, deleted ones too: records still have them. */
function inList(list: SuperOfficeList | undefined, value: string, field: Field): FoundOperand {
  const items = list?.items ?? [];
  const wanted = ignoringCase(value);
  for (const spelled of spellings) {
    const fitting = items.filter(item => spelled(item).some(text => ignoringCase(text) === wanted));
    if (fitting.length > 0) return found({ is: 'ids', ids: fitting.map(({ id }) => id) });
  }
  const known = items.filter(({ deleted }) => !deleted).map(({ name }) => name);
  if (field.kind === 'lists' && value.includes(field.separator ?? '|'))
    return fault(`"${value}" is not in the list`, 'Write one value for each criterion.');
  return unknownItem(`"${value}" is not in the list`, value, known);
}

function matched(
  ids: readonly number[],
  value: string,
  what: string,
  known: readonly string[],
): FoundOperand {
  return ids.length > 0
    ? found({ is: 'ids', ids })
    : unknownItem(`"${value}" is no ${what} in SuperOffice`, value, known);
}

/** `#12` is how an export shows an item that SuperOffice itself has no name for. */
function unknownItem(why: string, value: string, known: readonly string[]): FoundOperand {
  const [, id] = /^#(\d{1,9})$/.exec(value) ?? [];
  return id === undefined ? fault(why, suggestion(value, known)) : found({ is: 'ids', ids: [Number(id)] });
}

function suggestion(value: string, known: readonly string[]): string {
  const near = didYouMean(value, known);
  if (near !== null) return `Did you mean "${near}"?`;
  const distinct = [...new Set(known)];
  const some = distinct.slice(0, 8).map(name => `"${name}"`);
  return some.length === 0
    ? 'Write it as SuperOffice shows it.'
    : `There ${some.length === 1 ? 'is' : 'are'} ${some.join(', ')}${distinct.length > some.length ? ' …' : ''}.`;
}

/** @param hint what to do, where the one of an import does not fit */
function converted<T>(conversion: Conversion<T>, make: (value: T) => Operand, hint?: string): FoundOperand {
  return conversion.ok
    ? found(make(conversion.value))
    : fault(conversion.message.replace(/\.$/, ''), hint ?? conversion.tip);
}

function found(operand: Operand): FoundOperand {
  return { ok: true, operand };
}

function fault(why: string, hint: string): FoundOperand {
  return { ok: false, why, hint };
}
