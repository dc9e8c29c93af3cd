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
  return `${column} in ${numbers(values)}`;
}

/** `is`, not `=`: on name columns a number in quotes could be taken for a primary key. */
export function equalsText(column: string, value: string): string {
  return `${column} is ${quote(value)}`;
}

export function beginsWith(column: string, value: string): string {
  return `${column} begins ${quote(value)}`;
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

export function lessThan(column: string, value: number): string {
  return `${column} lt ${number(value)}`;
}

/** Both ends count. */
export function betweenNumbers(column: string, low: number, high: number): string {
  return `${column} between (${number(low)},${number(high)})`;
}

export function isNull(column: string): string {
  return `${column} isNull`;
}

export function isNotNull(column: string): string {
  return `${column} isNotNull`;
}

export function isFlag(column: string, flag: boolean): string {
  return `${column} set ${flag}`;
}

/** Later than this day. @param day `2026-01-31` */
export function dayAfter(column: string, day: string): string {
  return `${column} after ${quoteDay(day)}`;
}

/** Earlier than this day. @param day `2026-01-31` */
export function dayBefore(column: string, day: string): string {
  return `${column} before ${quoteDay(day)}`;
}

/**
 * Both days count. `dateBetween` is what SuperOffice's list of operators has for `date` and `unlimitedDate`, and the
 * specification's own sample; `between` is seen in one sample of the documents.
 * @param first `2026-01-31`
 */
export function betweenDays(column: string, first: string, last: string): string {
  return `${column} dateBetween (${quoteDay(first)},${quoteDay(last)})`;
}

/** At this moment or later. @param moment as SuperOffice tells times, `2026-01-31T08:00:00` */
export function notBefore(column: string, moment: string): string {
  return `${column} afterTime ${quoteMoment(moment)}`;
}

/** Earlier than this moment. @param moment `2026-01-31T08:00:00` */
export function beforeMoment(column: string, moment: string): string {
  return `${column} beforeTime ${quoteMoment(moment)}`;
}

/** Columns whose value is an item of a list, by id; of interests, which are several, any of them. */
export function isOneOfList(column: string, ids: readonly number[]): string {
  return `${column} oneOf ${numbers(ids)}`;
}

export function isNoneOfList(column: string, ids: readonly number[]): string {
  return `${column} notOneOf ${numbers(ids)}`;
}

/** @param ids of associates, though such columns show names */
export function associateIsOneOf(column: string, ids: readonly number[]): string {
  return `${column} associateIsOneOf ${numbers(ids)}`;
}

export function associateIsNoneOf(column: string, ids: readonly number[]): string {
  return `${column} associateIsNotOneOf ${numbers(ids)}`;
}

/** Columns of type `intArray`, which hold several ids: any of them. */
export function hasOneOf(column: string, ids: readonly number[]): string {
  return `${column} intArrayOneOf ${numbers(ids)}`;
}

/** Empty filters fall away; an `or` in one of them stays together. */
export function and(...filters: readonly string[]): string {
  const given = filters.filter(filter => filter !== '');
  if (given.length < 2) return given[0] ?? '';
  return given.map(filter => (hasWord(filter, 'or') ? `(${filter})` : filter)).join(' and ');
}

/** Throws for a filter that is empty: it passes everything, and so would this. */
export function or(...filters: readonly string[]): string {
  if (nonEmpty(filters).includes(''))
    throw new Error('an empty filter in an or passes everything: do not ask');
  return filters.join(' or ');
}

/**
 * True when at most the records of a list or a range of keys can match: the filter starts with `column in (…)` or
 * `column between (1,9)` and nothing widens it. Then a page that is not full is the last one. Lists of items (`oneOf`) are no keys: any number of records has one.
 */
export function isKeyList(filter: string): boolean {
  return /^[^\s()']+ (?:in \(|between \(-?\d+,-?\d+\))/.test(filter) && !hasWord(filter, 'or');
}

function hasWord(filter: string, word: string): boolean {
  const bare = filter.replace(/'(?:\\.|[^'\\])*'/g, "''");
  return new RegExp(`[\\s)]${word}[\\s(]`, 'i').test(bare);
}

/** The grammar has digits and a point: no `1e21`. */
function number(value: number): string {
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`no filter can express the number ${text}`);
  return text;
}

function numbers(values: readonly number[]): string {
  return `(${nonEmpty(values).map(number).join(',')})`;
}

function quoteDay(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !isReal(`${day}T00:00:00`)) throw new Error(`not a day: ${day}`);
  return quote(day);
}

function quoteMoment(moment: string): string {
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(moment);
  if (!isWhole || !isReal(moment)) throw new Error(`not a moment: ${moment}`);
  return quote(moment);
}

/** Date takes the 31st of February for a day of March, and 24 o'clock for the next day. */
function isReal(moment: string): boolean {
  const date = new Date(`${moment}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(moment);
}

function nonEmpty<T>(values: readonly T[]): readonly T[] {
  if (values.length === 0) throw new Error('a list of no values matches nothing: do not ask');
  return values;
}
