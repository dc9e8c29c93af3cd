import { SicError } from '../../problems/sic-error.ts';
import type { Existing } from '../../records/current.ts';
import type { Names } from '../../records/names.ts';
import type { Expression } from '../expression/expression.ts';
import type { Parsed } from '../expression/parse.ts';
import type { Place } from '../where/criteria.ts';

/** One thing that rows are sorted by. */
export interface OrderKey {
  readonly expression: Expression;
  readonly descending: boolean;
}

/** What a row is sorted by, one value per key; null: empty. */
export type SortValues = readonly (string | number | null)[];

/** `Name`, `CreatedDate desc`, several parted by commas. Throws SicError. */
export function readOrder(
  texts: readonly string[],
  parse: (left: string) => Parsed,
  place: Place,
): OrderKey[] {
  return texts
    .flatMap(text => text.split(','))
    .map(text => text.trim())
    .map(text => {
      const [, name = '', direction = 'asc'] = /^(.*?)(?:\s+(asc|desc))?$/i.exec(text) ?? [];
      if (name === '')
        throw new SicError(place.code, `${place.shown}: a field to sort by is missing.`, {
          hint: 'Write fields parted by commas: "Name,CreatedDate desc"',
        });
      const parsed = parse(name);
      if (!parsed.ok) throw new SicError(place.code, `${place.shown} names "${name}": ${parsed.why}`);
      return { expression: parsed.expression, descending: direction.toLowerCase() === 'desc' };
    });
}

export function sortValues(keys: readonly OrderKey[], record: Existing, names: Names): SortValues {
  return keys.map(({ expression }) => {
    const { text, value } = expression.valueOf(record, names);
    if (text === null) return null;
    return typeof value === 'number' && expression.type === 'number' ? value : text;
  });
}

/** Norwegian and Danish order, which has Æ, Ø and Å at the end; Swedish differs in little. */
const alphabet = new Intl.Collator('nb');

/** Empty values come first. */
export function compareBy(keys: readonly OrderKey[]): (a: SortValues, b: SortValues) => number {
  return (a, b) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = compareValues(a[index] ?? null, b[index] ?? null);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

function compareValues(a: SortValues[number], b: SortValues[number]): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return alphabet.compare(String(a), String(b));
}
