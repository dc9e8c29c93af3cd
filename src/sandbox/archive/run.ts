import type { DbRow } from '../store/table.ts';
import type { Column } from './column.ts';
import { compileFilter } from './filter/compile.ts';
import { conditionsOf } from './filter/syntax.ts';
import { checkSortable, sortRows } from './order.ts';
import type { Archive, Provider } from './provider.ts';
import type { ArchiveQuery } from './query.ts';
import { badRequest } from './refusal.ts';
import type { Source } from './source.ts';
import { virtualColumn } from './virtual.ts';

/** A column of an answer under the name that was asked for. */
export interface Selected {
  readonly name: string;
  readonly column: Column;
}

export interface ArchiveResult {
  readonly archive: Archive;
  readonly columns: readonly Selected[];
  /** The page. */
  readonly rows: readonly DbRow[];
  /** All rows that pass when the query counts, else those of the page. */
  readonly count: number;
}

/** Answers a query. Every fault of the request is refused (400) before rows are read. */
export function runQuery(provider: Provider, query: ArchiveQuery, source: Source): ArchiveResult {
  const mentioned = [
    ...query.columns,
    ...conditionsOf(query.filter).map(({ column }) => column),
    ...query.order.map(({ column }) => column),
  ];
  const archive = provider.open(mentioned, source);
  const columnOf = rememberingLookup(provider, archive);
  const names = query.columns.length > 0 ? query.columns : archive.defaults;
  const columns = names.map(name => ({ name, column: columnOf(name) }));
  for (const { column } of query.order) checkSortable(columnOf(column), column);
  const passes = query.filter ? compileFilter(query.filter, columnOf, source) : () => true;
  const entities = knownEntities(provider, query.entities);

  const isByKey = query.order.length === 0 || isKeyAscending(query, archive, columnOf);
  const stop = isByKey && !query.counts ? query.skip + query.top : Number.POSITIVE_INFINITY;
  const passing: DbRow[] = [];
  if (stop > 0)
    for (const row of archive.rows(query.filter, entities, columnOf)) {
      if (!passes(row)) continue;
      passing.push(row);
      if (passing.length >= stop) break;
    }
  const sorted = isByKey ? passing : sortRows(passing, query.order, columnOf, source);
  const rows = sorted.slice(query.skip, query.skip + query.top);
  return { archive, columns, rows, count: query.counts ? passing.length : rows.length };
}

/** Rows come by key already: a page by key reads no further than its end. */
function isKeyAscending(query: ArchiveQuery, archive: Archive, columnOf: (name: string) => Column): boolean {
  const [first] = query.order;
  return first !== undefined && !first.descending && columnOf(first.column).name === archive.key.name;
}

function rememberingLookup(provider: Provider, archive: Archive): (name: string) => Column {
  const known = new Map<string, Column>();
  return name => {
    const column = known.get(name) ?? archive.find(name) ?? virtualColumn(name);
    if (column === undefined)
      throw badRequest(`Column '${name}' does not exist in archive provider '${provider.name}'.`);
    known.set(name, column);
    return column;
  };
}

function knownEntities({ name, entities }: Provider, wanted: readonly string[]): string[] {
  return wanted.map(entity => {
    const lower = entity.toLowerCase();
    if (entities.length > 0 && !entities.some(known => known.name.toLowerCase() === lower))
      throw badRequest(`Archive provider '${name}' has no entity '${entity}'.`);
    return lower;
  });
}
