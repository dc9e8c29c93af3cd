import type { FieldNames } from '../datatypes/udef.ts';
import type { OutputRow } from '../formats/write/row-writer.ts';
import type { Existing } from '../records/current.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { cellOf, textCell } from './cells.ts';
import type { SavedFiles } from './files.ts';
import type { NotImportable } from './not-importable.ts';
import { compareBy, type SortValues, sortValues } from './order/order.ts';
import { sorted } from './order/sorted.ts';
import type { ExportPlan } from './plan.ts';
import { changedSince, matchesNothing, pagesOf } from './read/pages.ts';
import { completed } from './read/records.ts';
import { satisfies } from './where/criteria.ts';

export interface RowPorts {
  readonly superoffice: SuperOffice;
  readonly fieldNames: FieldNames;
  /** Most rows wanted; null: all. */
  readonly limit: number | null;
  /** Milliseconds since 1970; null: whenever they were changed. */
  readonly since: number | null;
  /** Saves the files that rows name; null: nobody asked for them. */
  readonly files: SavedFiles | null;
  /** Is shown every record; null: nobody means to import them. */
  readonly notImportable: NotImportable | null;
}

/** The rows of an export in batches, in their order. Throws SuperOfficeError, SicError 'file'. */
export async function* exportRows(
  plan: ExportPlan,
  ports: RowPorts,
): AsyncGenerator<readonly OutputRow[], void, void> {
  if (matchesNothing(plan)) return;
  const { superoffice, fieldNames, since, limit, files, notImportable } = ports;
  const { changed } = plan.source;
  const read =
    since !== null && changed !== null
      ? { pages: changedSince(plan, superoffice, changed, since), isSorted: plan.order.length === 0 }
      : pagesOf(plan, superoffice, limit);
  const made = madeRows(completed(read.pages, plan, superoffice, fieldNames), plan, notImportable);
  for await (const batch of limited(read.isSorted ? made : inOrder(made, plan), limit))
    yield files === null ? batch.map(({ row }) => row) : await withFiles(batch, plan, files);
}

/** A row, and what is still needed of its record. Plain JSON values: some are put aside on the disk. */
interface MadeRow {
  readonly id: number;
  readonly row: OutputRow;
  readonly by: SortValues;
}

async function* madeRows(
  pages: AsyncIterable<Existing[]>,
  plan: ExportPlan,
  notImportable: NotImportable | null,
): AsyncGenerator<MadeRow[], void, void> {
  const { columns, criteria, order, names } = plan;
  for await (const page of pages) {
    const wanted = page.filter(record => satisfies(criteria, record, names));
    for (const record of wanted) notImportable?.look(record, names);
    yield wanted.map(record => ({
      id: record.id,
      row: columns.map(({ expression }) => cellOf(expression, expression.valueOf(record, names))),
      by: sortValues(order, record, names),
    }));
  }
}

/** Sorting needs no more memory than some pages: what is too much is put aside on the disk. */
function inOrder(rows: AsyncIterable<MadeRow[]>, { order }: ExportPlan): AsyncGenerator<MadeRow[]> {
  const compare = compareBy(order);
  return sorted(rows, (a, b) => compare(a.by, b.by));
}

async function* limited(
  batches: AsyncIterable<MadeRow[]>,
  limit: number | null,
): AsyncGenerator<MadeRow[], void, void> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const batch of batches) {
    yield batch.length > left ? batch.slice(0, left) : batch;
    left -= batch.length;
    if (left <= 0) return;
  }
}

/** The columns that name files name them where they were saved. */
function withFiles(
  batch: readonly MadeRow[],
  { columns }: ExportPlan,
  files: SavedFiles,
): Promise<OutputRow[]> {
  return Promise.all(
    batch.map(({ id, row }) =>
      Promise.all(
        row.map(async (cell, index) => {
          const { field = null, function: applied = null } = columns[index]?.expression ?? {};
          if (applied !== null || field === null) return cell;
          if (field.kind === 'file') return textCell(await files.ofDocument(id, cell.text));
          return field.kind === 'files' ? textCell(await files.ofMessage(id)) : cell;
        }),
      ),
    ),
  );
}
