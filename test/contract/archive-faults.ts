import type { ArchiveColumns, ColumnType } from './archive-columns.ts';
import { queryFaults } from './client-faults.ts';
import { columnFaults, type DatabaseColumns } from './database-columns.ts';
import type { Exchange } from './recording-proxy.ts';
import type { Parameter } from './specification.ts';

/** One archive query, whichever way it went. */
export interface ArchiveQuestion {
  readonly provider: string;
  readonly columns: readonly string[];
  readonly filter: string;
  readonly orderBy: string;
  readonly entities: readonly string[];
  /** `Full` or `Slim`; empty for the Archive agent. */
  readonly mode: string;
}

const textOperators = [
  'is',
  'eq',
  '=',
  'isNot',
  'begins',
  'notBegins',
  'contains',
  'notContains',
  'between',
  'in',
];
const dayOperators = ['before', 'after', 'date', 'dateBetween', 'between', 'beforeOrEqual'];

/** Operators without a value. The first two are of every type. */
const unary = ['isNull', 'isNotNull', 'currentAssociate'];

/** Operators that section 8 of reading.md lists for a restriction type; those it advises against are left out. */
const operators: Readonly<Record<string, readonly string[]>> = {
  int: [
    '=',
    'eq',
    'equals',
    'ne',
    'unequals',
    'lt',
    'less',
    'gt',
    'greater',
    'between',
    'in',
    'oneOf',
    'notOneOf',
  ],
  decimal: ['=', 'eq', 'equals', 'ne', 'unequals', 'lt', 'less', 'gt', 'greater', 'between'],
  string: textOperators,
  stringorPK: textOperators,
  positiveString: [...textOperators, 'ends'],
  bool: ['set', 'eq', '='],
  date: [...dayOperators, 'dateTime', 'afterTime', 'beforeTime'],
  unlimitedDate: dayOperators,
  associate: ['associateIsOneOf', 'associateIsNotOneOf', 'currentAssociate', 'eq'],
  listAny: ['oneOf', 'notOneOf', 'equals'],
  listInterest: ['oneOf', 'notOneOf', 'equals'],
  intArray: ['intArrayOneOf', 'intArrayAllOf', 'intArrayNotAllOf', 'intArrayNotAnyOf'],
  datetime: ['dateTime', 'afterTime', 'beforeTime'],
};

/** The query that an exchange carries; null when it is none. */
export function questionIn({ method, path, query, body }: Exchange): ArchiveQuestion | null {
  const [, provider] = /^\/v1\/Archive\/([^/]+)$/.exec(path) ?? [];
  if (provider !== undefined) {
    const options = method === 'POST' ? new URLSearchParams(body.toString('utf8')) : query;
    const text = (name: string) => options.get(name) ?? '';
    return {
      provider: decodeURIComponent(provider),
      columns: list(text('$select')),
      filter: text('$filter'),
      orderBy: text('$orderBy'),
      entities: list(text('$entities')),
      mode: text('$mode'),
    };
  }
  if (!path.endsWith('/Agents/Archive/GetArchiveListByColumns2')) return null;
  const given: Record<string, unknown> = JSON.parse(body.toString('utf8'));
  return {
    provider: String(given.ProviderName),
    columns: list(String(given.Columns)),
    filter: String(given.Restrictions),
    orderBy: String(given.SortOrder),
    entities: list(String(given.Entities)),
    mode: '',
  };
}

/** Columns, entities and operators that the documents do not know, and values of filters in the wrong form. */
export function archiveFaults(
  question: ArchiveQuestion,
  providers: ReadonlyMap<string, ArchiveColumns>,
  database: DatabaseColumns,
): string[] {
  const { provider, columns, orderBy, entities, filter } = question;
  const known = providers.get(provider);
  if (!known && provider !== 'dynamic') return [`no archive ${provider}`];
  const find = known
    ? known.find
    : (path: string): ColumnType | null =>
        columnFaults(database, path).length === 0 ? { type: typeOfPath(path), sortable: true } : null;
  const unknown = (column: string) => (known ? [`no column ${column}`] : columnFaults(database, column));
  // A provider without any restriction may answer with nothing (section 7.6), so there is always one.
  const terms = termsOf(filter);
  return [
    ...columns.flatMap(column => (find(column) ? [] : unknown(column))),
    ...orderBy.split(',').flatMap(sorted => orderFaults(sorted, find, unknown)),
    ...(known ? entities.filter(entity => !known.entities.has(entity)).map(each => `no entity ${each}`) : []),
    ...(terms
      ? terms.flatMap(term => termFaults(term, find, unknown))
      : [`cannot read the filter "${filter}"`]),
  ].map(fault => `${provider}: ${fault}`);
}

/** @param sorted `name desc`: the direction is always written */
function orderFaults(
  sorted: string,
  find: ArchiveColumns['find'],
  unknown: (column: string) => string[],
): string[] {
  const [column = '', direction = '', ...rest] = sorted.split(' ');
  const found = find(column);
  return [
    ...(found ? [] : unknown(column)),
    ...(found && !found.sortable ? [`${column} cannot be sorted by`] : []),
    ...(/^(asc|desc)$/.test(direction) && rest.length === 0 ? [] : [`order ${sorted}`]),
  ];
}

function list(text: string): string[] {
  return text === '' ? [] : text.split(',');
}

interface Term {
  readonly column: string;
  readonly operator: string;
  /** '' of an operator without one. */
  readonly value: string;
}

/** The terms of a filter, texts emptied; null when something else stands between them. */
function termsOf(filter: string): Term[] | null {
  const bare = filter.replace(/'(?:\\.|[^'\\])*'/g, "''");
  const term = new RegExp(
    `(?<![^\\s(])(?!(?:and|or) )([^\\s()]+) (?:(${unary.join('|')})(?![^\\s)])|(\\w+) (\\([^()]+\\)|[^\\s()]+))`,
    'g',
  );
  const between = bare.replace(term, 'term');
  if (!/^\(*term\)*( (and|or) \(*term\)*)*$/.test(between)) return null;
  return [...bare.matchAll(term)].map(([, column = '', lone, operator = '', value = '']) => ({
    column,
    operator: lone ?? operator,
    value,
  }));
}

function termFaults(
  { column, operator, value }: Term,
  find: ArchiveColumns['find'],
  unknown: (column: string) => string[],
): string[] {
  const found = find(column);
  if (!found) return unknown(column);
  const { type } = found;
  const values = value === '' ? [] : (/^\((.*)\)$/.exec(value)?.[1]?.split(',') ?? [value]);
  const known = [...unary.slice(0, 2), ...(operators[type] ?? [])];
  return [
    ...(known.includes(operator) ? [] : [`${column} (${type}) has no operator ${operator}`]),
    ...(values.every(each => formOf(type).test(each))
      ? []
      : [`${column} (${type}) is compared with ${value}`]),
  ];
}

/** Days and moments are written in quotes too. */
function formOf(type: string): RegExp {
  if (/string|date/i.test(type)) return /^''$/;
  return type === 'bool' ? /^(true|false|0|1)$/ : /^-?\d+(\.\d+)?$/;
}

/** Filters of the dynamic archive are by ids and type numbers only. */
function typeOfPath(path: string): string {
  return /(_id|_idx|\.type|\.rank)$/.test(path) ? 'int' : '-';
}

/** The form of a long query takes the options of a short one (reading.md, section 7.7). */
export function formFaults({ method, path, body }: Exchange, ofGet: readonly Parameter[]): string[] {
  const isForm = method === 'POST' && path.startsWith('/v1/Archive/');
  return isForm ? queryFaults(ofGet, new URLSearchParams(body.toString('utf8'))) : [];
}

const rowProperties = ['PrimaryKey', 'EntityName', 'StyleHint', 'LinkHint', 'TableRight', 'Column'];
const cellProperties = ['RawValue', 'DisplayValue', 'LinkHint', 'TooltipHint'];

/** Everything in which the rows of an answer differ from what the documents show. */
export function rowFaults(exchange: Exchange, { columns, mode }: ArchiveQuestion): string[] {
  if (!exchange.path.startsWith('/v1/Archive/')) return [];
  const { value = [] }: { value?: readonly Record<string, unknown>[] } = JSON.parse(
    exchange.answer.body.toString('utf8'),
  );
  const found = value.flatMap(row => [
    ...(mode === 'Slim' ? slimFaults(row, columns) : fullFaults(row, columns)),
    ...(typeof row.EntityName === 'string' ? [] : ['EntityName is no text']),
  ]);
  return [...new Set(found)];
}

/** reading.md, section 7.4: the key is a number, and every column an object. */
function fullFaults(row: Record<string, unknown>, columns: readonly string[]): string[] {
  const cells: Record<string, object> = Object(row.Column);
  return [
    ...sameNames('row', row, rowProperties),
    ...sameNames('columns', cells, columns),
    ...Object.values(cells).flatMap(cell => sameNames('cell', cell, cellProperties)),
    ...(Number.isInteger(row.PrimaryKey) ? [] : [`PrimaryKey: ${JSON.stringify(row.PrimaryKey)}`]),
  ];
}

/** reading.md, section 7.3: the key is a text, and every column a property under the name that was asked for. */
function slimFaults(row: Record<string, unknown>, columns: readonly string[]): string[] {
  const key = String(row.PrimaryKey);
  return [
    ...sameNames('row', row, ['PrimaryKey', 'EntityName', ...columns]),
    ...(row.PrimaryKey === key && /^\d+$/.test(key) ? [] : [`PrimaryKey: ${JSON.stringify(row.PrimaryKey)}`]),
  ];
}

function sameNames(what: string, value: object, wanted: readonly string[]): string[] {
  const given = Object.keys(value);
  return [
    ...given.filter(name => !wanted.includes(name)).map(name => `${what}: ${name} was not expected`),
    ...wanted.filter(name => !given.includes(name)).map(name => `${what}: ${name} is missing`),
  ];
}
