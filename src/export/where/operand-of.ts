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
import type { Match } from '../../superoffice/match.ts';
import type { SuperOfficeList } from '../../superoffice/superoffice.ts';
import type { Expression } from '../expression/expression.ts';
import type { Operand } from './operand.ts';
import type { Operator, WrittenCriterion } from './parse.ts';

/** What names in criteria are looked up in. */
export interface LookUp {
  readonly names: Names;
  readonly timeZone: string | null;
  /** The records of a parent's datatype that have this user key. */
  readonly parents: (field: Field, key: string) => Promise<readonly number[]>;
}

/** An operand, or the end of a sentence that says why the value is none, and what to do. */
export type FoundOperand =
  | { readonly ok: true; readonly operand: Operand }
  | { readonly ok: false; readonly why: string; readonly hint: string };

/** Reads the value of a criterion as its left side means it. Throws SuperOfficeError. */
export async function operandOf(
  { operator, value }: WrittenCriterion,
  expression: Expression,
  lookUp: LookUp,
): Promise<FoundOperand> {
  const { type } = expression;
  const isOrdered = type !== 'boolean' && type !== 'choice' && type !== 'item' && type !== 'items';
  if (!isOrdered && operator !== '=' && operator !== '<>')
    return fault(
      `${expression.text} has no order, so ${operator} means nothing`,
      `Write = or <> in place of ${operator}.`,
    );
  if (value === '') return emptyOperand(expression, operator);
  switch (type) {
    case 'text':
    case 'key':
      return found({ is: 'text', text: value });
    case 'number':
      return converted(toDecimal(value, null), number => ({ is: 'number', number }));
    case 'boolean':
      return converted(toBoolean(value), flag => ({ is: 'boolean', flag }));
    case 'day':
      return converted(toDate(value, []), day => ({ is: 'day', day }));
    case 'moment':
      return converted(toDateTime(value, [], lookUp.timeZone), moment =>
        // Without a time the whole day is meant.
        /\d:\d/.test(value) ? { is: 'moment', moment } : { is: 'day', day: moment.slice(0, 10) },
      );
    case 'choice':
      return choiceOperand(expression, value);
    case 'item':
    case 'items':
      return itemOperand(expression, value, lookUp);
  }
}

function emptyOperand({ type, text }: Expression, operator: Operator): FoundOperand {
  if (operator !== '=' && operator !== '<>')
    return fault(`nothing is ${operator} an empty value`, `Write ${text}<>"" for those that are filled in.`);
  if (type === 'number' || type === 'boolean')
    return fault(
      `${text} is never empty in SuperOffice`,
      `Write ${text}${operator}${type === 'number' ? '0' : 'FALSE'}.`,
    );
  return found({ is: 'empty' });
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
    case 'relation':
      return found({ is: 'ids', ids: await parents(field, value) });
    case 'associate': {
      const match = matchAssociate(names.associates, value, field.name.endsWith('FullName'));
      const known = names.associates.flatMap(({ name, fullName }) => [name, fullName]);
      return matched(match, value, 'user', known);
    }
    case 'country':
      return matched(
        matchCountry(names.countries, value),
        value,
        'country',
        names.countries.map(({ englishName }) => englishName),
      );
    default:
      return inList(names.lists.get(field.list ?? ''), value);
  }
}

/** Every item that reads so, deleted ones too: records still have them. */
function inList(list: SuperOfficeList | undefined, value: string): FoundOperand {
  const items = list?.items ?? [];
  const wanted = value.toLowerCase();
  const reads = (spelling: string | null): boolean => spelling?.toLowerCase() === wanted;
  const exact = list?.find(value) ?? null;
  const ids = items
    .filter(item => item.id === exact?.id || reads(item.name) || reads(item.raw))
    .map(({ id }) => id);
  if (ids.length > 0) return found({ is: 'ids', ids });
  const known = items.filter(({ deleted }) => !deleted).map(({ name }) => name);
  return fault(`"${value}" is not in the list`, suggestion(value, known));
}

function matched(
  match: Match<{ readonly id: number }>,
  value: string,
  what: string,
  known: readonly string[],
): FoundOperand {
  switch (match.kind) {
    case 'one':
      return found({ is: 'ids', ids: [match.item.id] });
    case 'several':
      return found({ is: 'ids', ids: match.items.map(({ id }) => id) });
    case 'none':
      return fault(`"${value}" is no ${what} in SuperOffice`, suggestion(value, known));
  }
}

function suggestion(value: string, known: readonly string[]): string {
  const near = didYouMean(value, known);
  if (near !== null) return `Did you mean "${near}"?`;
  const some = known.slice(0, 8).map(name => `"${name}"`);
  return some.length === 0
    ? 'Write it as SuperOffice shows it.'
    : `There ${known.length === 1 ? 'is' : 'are'} ${some.join(', ')}${known.length > some.length ? ' …' : ''}.`;
}

function converted<T>(conversion: Conversion<T>, make: (value: T) => Operand): FoundOperand {
  return conversion.ok
    ? found(make(conversion.value))
    : fault(conversion.message.replace(/\.$/, ''), conversion.tip);
}

function found(operand: Operand): FoundOperand {
  return { ok: true, operand };
}

function fault(why: string, hint: string): FoundOperand {
  return { ok: false, why, hint };
}
