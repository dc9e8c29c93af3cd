import type { ArchiveQuery } from './archive.ts';

/** One page of a query. */
export interface PageQuery extends ArchiveQuery {
  readonly top: number;
}

function orderOf({ orderBy, sort = [{ column: orderBy, descending: false }] }: PageQuery): string {
  return sort.map(({ column, descending }) => `${column} ${descending ? 'desc' : 'asc'}`).join(',');
}

/**
 * Slim mode answers list items and users as text only (reading.md, section 7.3). The columns of `dynamic` are those of the
 * database, which has neither: there it tells everything in a fifth of the bytes.
 */
export function isPlain({ provider }: Pick<ArchiveQuery, 'provider'>): boolean {
  return provider.toLowerCase() === 'dynamic';
}

/** Options of `GET` and `POST /v1/Archive/{provider}`, in this order; empty ones are left out. */
function options(query: PageQuery): [name: string, value: string][] {
  const all: [string, string][] = [
    ['$select', query.columns.join(',')],
    ['$filter', query.filter],
    ['$orderBy', orderOf(query)],
    ['$entities', query.entities ?? ''],
    ['$top', String(query.top)],
    ['$mode', isPlain(query) ? 'Slim' : 'Full'],
  ];
  return all.filter(([, value]) => value !== '');
}

/** The query string without the question mark. Quotes are encoded too, since URLs are cut at them by some servers. */
export function queryString(query: PageQuery): string {
  return options(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("'", '%27')}`)
    .join('&');
}

/** The same options as a form (reading.md, section 7.7). */
export function formBody(query: PageQuery): string {
  return new URLSearchParams(options(query)).toString();
}

/** Body of `Agents/Archive/GetArchiveListByColumns2` (section 10.1): everything is text, pages count from 0. */
export function agentBody(query: PageQuery): Readonly<Record<string, unknown>> {
  return {
    ProviderName: query.provider,
    Columns: query.columns.join(','),
    SortOrder: orderOf(query),
    Restrictions: query.filter,
    Entities: query.entities ?? '',
    Page: 0,
    PageSize: query.top,
  };
}
