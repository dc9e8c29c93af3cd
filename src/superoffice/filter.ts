/**
 * Text in SuperOffice's filter grammar (reading.md, section 8). Numbers stand bare, strings in single quotes with a
 * backslash before each quote inside.
 */

/**
 * Can a filter hold this text? How a literal backslash is escaped is undocumented, and control characters do not survive
 * a URL: such values must be compared here after reading.
 */
export function canFilter(value: string): boolean {
  for (const character of value) if (character === '\\' || character < ' ') return false;
  return true;
}

/** Throws for a value that `canFilter` refuses: a wrong filter would answer with other people's records. */
export function quote(value: string): string {
  if (!canFilter(value)) throw new Error(`no filter can express ${JSON.stringify(value)}`);
  return `'${value.replaceAll("'", "\\'")}'`;
}

/** `column in ('a','b')`: string columns. */
export function isOneOf(column: string, values: readonly string[]): string {
  return `${column} in (${nonEmpty(values).map(quote).join(',')})`;
}

/** `column in (1,2)`: int columns. */
export function isOneOfNumbers(column: string, values: readonly number[]): string {
  return `${column} in (${nonEmpty(values).map(number).join(',')})`;
}

/** `is`, not `=`: on name columns a number in quotes could be taken for a primary key. */
export function equalsText(column: string, value: string): string {
  return `${column} is ${quote(value)}`;
}

export function equalsNumber(column: string, value: number): string {
  return `${column} eq ${number(value)}`;
}

export function unequalNumber(column: string, value: number): string {
  return `${column} ne ${number(value)}`;
}

export function greaterThan(column: string, value: number): string {
  return `${column} gt ${number(value)}`;
}

/** At this moment or later. @param moment as SuperOffice tells times, `2026-01-31T08:00:00` */
export function notBefore(column: string, moment: string): string {
  return `${column} afterTime ${quote(moment)}`;
}

/** Empty filters fall away; an `or` in one of them stays together. */
export function and(...filters: readonly string[]): string {
  const given = filters.filter(filter => filter !== '');
  if (given.length < 2) return given[0] ?? '';
  return given.map(filter => (hasWord(filter, 'or') ? `(${filter})` : filter)).join(' and ');
}

/**
 * True when at most the records of a list of keys can match: the filter starts with `column in (…)` and nothing widens
 * it. Then a page that is not full is the last one.
 */
export function isKeyList(filter: string): boolean {
  return /^[^\s()']+ (in|oneOf) \(/.test(filter) && !hasWord(filter, 'or');
}

function hasWord(filter: string, word: string): boolean {
  const bare = filter.replace(/'(?:\\.|[^'\\])*'/g, "''");
  return new RegExp(`[\\s)]${word}[\\s(]`, 'i').test(bare);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`no filter can express the number ${value}`);
  return String(value);
}

function nonEmpty<T>(values: readonly T[]): readonly T[] {
  if (values.length === 0) throw new Error('a list of no values matches nothing: do not ask');
  return values;
}
