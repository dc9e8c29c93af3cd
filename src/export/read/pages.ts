import type { Field } from '../../datatypes/field.ts';
import { idFilters } from '../../records/id-filters.ts';
import { type ArchiveQuery, type ArchiveRow, pageSize, type SortColumn } from '../../superoffice/archive.ts';
import { findArchiveColumn } from '../../superoffice/archive-columns.ts';
import { and, dayAfter, greaterThan, notBefore } from '../../superoffice/filter.ts';
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
function filterOf({ source, criteria }: ExportPlan): string {
  const { idColumn } = source.archive;
  const first = criteria.flatMap(({ found }) => {
    const [one, ...more] = found ? idFilters(idColumn, found.ids) : [];
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

/** Does SuperOffice answer with exactly the records that satisfy the criteria? */
function isExact({ criteria }: ExportPlan): boolean {
  return criteria.every(({ pushed: { filter, why } }) => filter !== null && why === null);
}

/** How SuperOffice sorts the first rows of this order itself; null: it cannot, or not as sic does. */
function sortOf(plan: ExportPlan): SortColumn[] | null {
  const sort: SortColumn[] = [];
  for (const { expression, descending } of plan.order) {
    const { type, field, function: applied } = expression;
    const column = field === null ? undefined : columnOf(field)[0];
    const isPlain = ['text', 'key', 'number', 'day', 'moment'].includes(type) && applied === null;
    if (!isPlain || column === undefined || !findArchiveColumn(plan.archiveColumns, column)?.sortable)
      return null;
    sort.push({ column, descending });
  }
  return [...sort, { column: plan.source.archive.idColumn, descending: false }];
}

/**
 * The rows a plan needs, page by page. Where SuperOffice itself can tell the first `limit` ones, no more are asked for.
 * @param limit most rows wanted; null: all
 */
export function pagesOf(
  plan: ExportPlan,
  superoffice: SuperOffice,
  limit: number | null,
): { readonly pages: AsyncIterable<readonly ArchiveRow[]>; readonly isSorted: boolean } {
  const query = queryOf(plan);
  if (plan.order.length === 0) {
    const top = limit !== null && isExact(plan) ? { top: limit } : {};
    return { pages: superoffice.archivePages({ ...query, ...top }), isSorted: true };
  }
  const sort = limit !== null && limit <= pageSize && isExact(plan) ? sortOf(plan) : null;
  if (sort === null || limit === null) return { pages: superoffice.archivePages(query), isSorted: false };
  return { pages: superoffice.archivePages({ ...query, sort, top: limit }), isSorted: true };
}

/** A day is enough for whatever clock a filter goes by; the second one for a filter that means later days only. */
const room = 2 * 86_400_000;

/**
 * The rows that were changed at `since` or later (milliseconds since 1970). When each was changed is asked for in UTC,
 * which no tenant's clock can shift, and then the rows themselves.
 */
export async function* changedSince(
  plan: ExportPlan,
  superoffice: SuperOffice,
  changed: string,
  since: number,
): AsyncGenerator<readonly ArchiveRow[], void, void> {
  const query = queryOf(plan);
  const { idColumn } = plan.source.archive;
  const day = new Date(since - room).toISOString().slice(0, 10);
  const isTime = findArchiveColumn(plan.archiveColumns, changed)?.restriction === 'datetime';
  const stamps = superoffice.archivePages({
    ...query,
    columns: [idColumn, changed],
    filter: and(query.filter, isTime ? notBefore(changed, `${day}T00:00:00`) : dayAfter(changed, day)),
    utcStamps: true,
  });
  for await (const page of stamps) {
    const ids = page.filter(row => isSince(row, changed, since)).map(({ primaryKey }) => primaryKey);
    const wanted = new Set(ids);
    for (const filter of idFilters(idColumn, ids)) {
      const rows = await superoffice.archive({ ...query, filter: and(filter, query.filter) });
      yield rows.filter(({ primaryKey }) => wanted.has(primaryKey));
    }
  }
}

/** What does not say when it was changed is taken along: twice is better than never. */
function isSince({ cells }: ArchiveRow, changed: string, since: number): boolean {
  const stamp = String(cells.get(changed)?.raw ?? '');
  const isCertain = /(?:Z|[+-]\d\d:?\d\d)$/.test(stamp);
  return !isCertain || new Date(stamp).getTime() >= since;
}
