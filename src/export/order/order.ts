import { SicError } from '../../problems/sic-error.ts';
import type { Existing } from '../../records/current.ts';
import type { Names } from '../../records/names.ts';
import type { Expression } from '../expression/expression.ts';
import type { Parsed } from '../expression/parse.ts';
import type { Place } from '../where/criteria.ts';
import { compareCodes, compareTexts } from './text-order.ts';

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
      if (parsed.ok) return { expression: parsed.expression, descending: direction.toLowerCase() === 'desc' };
      throw new SicError(place.code, `${place.shown} names "${name}": ${parsed.why}`, {
        ...(/\s/.test(name) ? { hint: 'Behind a field only asc or desc may stand: "CreatedDate desc"' } : {}),
      });
    });
}

export function sortValues(keys: readonly OrderKey[], record: Existing, names: Names): SortValues {
  return keys.map(({ expression }, index) => {
    const { text, value } = expression.valueOf(record, names);
    if (text === null) return null;
    switch (expression.type) {
      case 'number':
        return Number(value);
      case 'day':
        return index === keys.length - 1 ? momentBehind(expression, record, String(value)) : String(value);
      case 'moment':
        return String(value);
      default:
        return text;
    }
  });
}

/** Of the rows of one day, which SuperOffice tells apart by the time, the earlier one comes first where nothing else decides. */
function momentBehind({ field, function: applied }: Expression, { archive }: Existing, day: string): string {
  const slot = field?.slot;
  if (applied !== null || !slot || !('column' in slot) || slot.column === undefined) return day;
  const moment = String(archive.cells.get(slot.column)?.raw ?? '');
  return moment.startsWith(day) ? moment.slice(0, 19) : day;
}

/** Empty values come first. */
export function compareBy(keys: readonly OrderKey[]): (a: SortValues, b: SortValues) => number {
  const comparers = keys.map(({ expression: { type } }) =>
    type === 'day' || type === 'moment' ? compareCodes : compareTexts,
  );
  return (a, b) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = compareValues(a[index] ?? null, b[index] ?? null, comparers[index] ?? compareTexts);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

function compareValues(
  a: SortValues[number],
  b: SortValues[number],
  compare: (a: string, b: string) => number,
): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compare(String(a), String(b));
}
