import type { Field } from '../../datatypes/field.ts';
import { idFilters, idsPerRequest } from '../../records/id-filters.ts';
import { type ArchiveQuery, type ArchiveRow, pageSize, type SortColumn } from '../../superoffice/archive.ts';
import { findArchiveColumn } from '../../superoffice/archive-columns.ts';
import { and, dayAfter, greaterThan, notBefore, or } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { ExportPlan } from '../plan.ts';

/** The query of a plan, without a limit. */
export function queryOf(plan: ExportPlan): ArchiveQuery & { readonly filter: string } {
  const { provider, entities, idColumn } = plan.source.archive;
  return {
    ...(isNumber(plan, idColumn) ? { fresh: true as const } : {}),
    provider,
    ...(entities === '' ? {} : { entities }),
    columns: [...new Set([idColumn, ...plan.fields.flatMap(columnOf), ...plan.parentKeyColumns.values()])],
    filter: filterOf(plan),
    orderBy: idColumn,
  };
}

/** A query is only made unlike earlier ones by a number; what is known of no column is that of a datatype, which is one. */
function isNumber({ source, archiveColumns }: ExportPlan, column: string): boolean {
  return source.datatype !== null || findArchiveColumn(archiveColumns, column)?.restriction === 'int';
}

function columnOf({ slot }: Field): string[] {
  return 'column' in slot && slot.column !== undefined ? [slot.column] : [];
}

/** An archive without any restriction may answer with nothing (reading.md, section 7.6): every key is above 0. */
function filterOf({ source, criteria, idsPerRequest: perList }: ExportPlan): string {
  const { idColumn } = source.archive;
  const first = criteria.flatMap(({ found }) => {
    const [one, ...more] = found ? idFilters(idColumn, found.ids, perList) : [];
    return one === undefined || more.length > 0 ? [] : [one];
  });
  const pushed = criteria.flatMap(({ pushed: { filter } }) => filter ?? []);
  return and(greaterThan(idColumn, 0), ...first, ...pushed);
}

/** True when no record can satisfy the criteria, so that nothing has to be asked. */
export function matchesNothing({ criteria }: ExportPlan): boolean {
  return criteria.some(
    ({ operator, operand, found }) =>
      found?.ids.length === 0 || (operator === '=' && operand.is === 'ids' && operand.ids.length === 0),
  );
}

/** Does SuperOffice say that it answers with exactly the records that satisfy the criteria? */
function isExact({ criteria }: ExportPlan): boolean {
  return criteria.every(({ pushed: { filter, why } }) => filter !== null && why === null);
}

/**
 * How SuperOffice sorts the first rows of this order itself; null: it cannot, or not as sic does. Texts go by the alphabet
 * of its database, and what another table lacks is nowhere in particular.
 */
function sortOf({ order, source, archiveColumns }: ExportPlan): SortColumn[] | null {
  const sort: SortColumn[] = [];
  for (const [index, { expression, descending }] of order.entries()) {
    const { type, field, function: applied } = expression;
    const column = field === null || applied !== null ? undefined : columnOf(field)[0];
    const isSame =
      type === 'moment' ||
      // SuperOffice sorts by the time of the day, too.
      (type === 'day' && index === order.length - 1) ||
      // Elsewhere a number may be missing, which is 0 here and less than any for a database.
      (type === 'number' && source.datatype !== null);
    if (column === undefined || column.includes('/') || !isSame) return null;
    if (!findArchiveColumn(archiveColumns, column)?.sortable) return null;
    sort.push({ column, descending });
  }
  return [...sort, { column: source.archive.idColumn, descending: false }];
}

/**
 * The rows of a plan by their numbers, page by page.
 * @param top most rows wanted, null: all. @param after only those with a higher number
 */
export function pagesByNumber(
  plan: ExportPlan,
  superoffice: SuperOffice,
  { top = null, after = null }: { readonly top?: number | null; readonly after?: number | null } = {},
): AsyncIterable<readonly ArchiveRow[]> {
  const query = queryOf(plan);
  return superoffice.archivePages({
    ...query,
    filter: after === null ? query.filter : and(query.filter, greaterThan(query.orderBy, after)),
    ...(top === null ? {} : { top }),
  });
}

/** How many rows SuperOffice can be asked for where `limit` are wanted; null: it does not know which ones satisfy. */
export function topOf(plan: ExportPlan, limit: number | null): number | null {
  return limit !== null && plan.order.length === 0 && isExact(plan) ? limit : null;
}

/** The first `limit` rows in the order of the plan, where SuperOffice itself can tell them; null: it cannot. */
export function firstPage(
  plan: ExportPlan,
  superoffice: SuperOffice,
  limit: number | null,
): Promise<readonly ArchiveRow[]> | null {
  if (limit === null || limit > pageSize || !isExact(plan)) return null;
  const sort = sortOf(plan);
  return sort && superoffice.archive({ ...queryOf(plan), sort, top: limit });
}

/** Where the reading of rows by their numbers has got to. */
export function reachedBy({ source }: ExportPlan, { cells, primaryKey }: ArchiveRow): number {
  return Number(cells.get(source.archive.idColumn)?.raw ?? primaryKey);
}

/** A day is enough for whatever clock a filter goes by; the second one for a filter that means later days only. */
const room = 2 * 86_400_000;

/**
 * The rows that were made or changed at `since` or later (milliseconds since 1970). When that was is asked for in UTC, which
 * no tenant's clock can shift, and then the rows themselves.
 */
export async function* changedSince(
  plan: ExportPlan,
  superoffice: SuperOffice,
  since: number,
): AsyncGenerator<readonly ArchiveRow[], void, void> {
  const query = queryOf(plan);
  const { changed, archive } = plan.source;
  const { idColumn } = archive;
  const day = new Date(since - room).toISOString().slice(0, 10);
  const later = changed.map(column =>
    findArchiveColumn(plan.archiveColumns, column)?.restriction === 'datetime'
      ? notBefore(column, `${day}T00:00:00`)
      : dayAfter(column, day),
  );
  const stamps = superoffice.archivePages({
    ...query,
    columns: [idColumn, ...changed],
    filter: and(query.filter, or(...later)),
    utcStamps: true,
  });
  for await (const page of stamps) {
    const ids = page.filter(row => isSince(row, changed, since)).map(({ primaryKey }) => primaryKey);
    const wanted = new Set(ids);
    for (const filter of idFilters(idColumn, ids, idsPerRequest(superoffice))) {
      const rows = await superoffice.archive({ ...query, filter: and(filter, query.filter) });
      yield rows.filter(({ primaryKey }) => wanted.has(primaryKey));
    }
  }
}

/** What does not say for certain when it was changed is taken along: twice is better than never. */
function isSince({ cells }: ArchiveRow, changed: readonly string[], since: number): boolean {
  const stamps = changed.map(column => String(cells.get(column)?.raw ?? '')).filter(stamp => stamp !== '');
  return (
    stamps.length === 0 ||
    stamps.some(stamp => !/(?:Z|[+-]\d\d:?\d\d)$/.test(stamp) || new Date(stamp).getTime() >= since)
  );
}
