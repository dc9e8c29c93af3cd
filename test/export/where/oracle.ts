import type { KnownColumn } from './nasty-records.ts';

export type Operator = '=' | '<>' | '>' | '>=' | '<' | '<=';

/** What is taken of a column: nothing, or one of the functions. */
export type Applied = 'year' | 'month' | 'upper' | 'length' | null;

export interface Criterion {
  readonly column: KnownColumn;
  readonly applied: Applied;
  readonly operator: Operator;
  readonly value: string;
}

/** A row of an export, all of whose values are texts. */
export type Row = Readonly<Record<string, string>>;

/**
 * What a criterion means, said as simply as it can be, of what an export shows: an empty field satisfies `<>` alone, texts
 * are compared without letter case (user keys with it), numbers by what they are worth, a day and a moment as they are
 * written, and of several values one is enough.
 */
export function satisfies(row: Row, { column, applied, operator, value }: Criterion): boolean {
  const shown = row[column.name] ?? '';
  if (value === '') return (shown === '') === (operator === '=');
  if (shown === '') return operator === '<>';
  if (column.kind === 'lists' && applied === null) {
    const has = shown.split(column.separator).some(one => one.toLowerCase() === value.toLowerCase());
    return has === (operator === '=');
  }
  const order = compare(taken(shown, applied), value, column, applied);
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
  }
}

export function taken(shown: string, applied: Applied): string {
  switch (applied) {
    case 'year':
      return String(Number(shown.slice(0, 4)));
    case 'month':
      return String(Number(shown.slice(5, 7)));
    case 'upper':
      return shown.toUpperCase();
    case 'length':
      return String([...shown].length);
    case null:
      return shown;
  }
}

function compare(shown: string, value: string, { kind }: KnownColumn, applied: Applied): number {
  if (applied === 'upper') return compareWords(shown.toLowerCase(), value.toLowerCase());
  if (applied !== null || kind === 'integer' || kind === 'decimal')
    return Number(shown) - Number(value.replace(',', '.'));
  switch (kind) {
    case 'key':
      return compareWords(shown, value);
    case 'relation':
      return shown === value ? 0 : 1;
    case 'date':
    case 'datetime': {
      const has = value.includes(':') ? full(shown) : shown.slice(0, 10);
      const wanted = value.includes(':') ? full(value) : value;
      return has === wanted ? 0 : has < wanted ? -1 : 1;
    }
    default:
      return compareWords(shown.toLowerCase(), value.toLowerCase());
  }
}

function full(moment: string): string {
  const written = moment.replace('T', ' ');
  return written.length === 16 ? `${written}:00` : written;
}

const alphabet = new Intl.Collator('no', { numeric: true });
const isNumber = (text: string): boolean => /^[+-]?\d+([.,]\d+)?$/.test(text);
const worth = (text: string): number => Number(text.replace(',', '.'));

/** Numbers before words, æøå at the end. */
export function compareWords(a: string, b: string): number {
  if (a === b) return 0;
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  const byWorth = isNumber(a) ? worth(a) - worth(b) : 0;
  return byWorth || alphabet.compare(a, b) || (a < b ? -1 : 1);
}
