import type { FieldNames } from '../datatypes/udef.ts';
import type { OutputCell, OutputRow } from '../formats/write/row-writer.ts';
import type { ArchiveRow } from '../superoffice/archive.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { cellOf, textCell } from './cells.ts';
import type { SavedFiles } from './files/saved-files.ts';
import { inTurn } from './in-turn.ts';
import type { NotImportable } from './not-importable.ts';
import { compareBy, type SortValues, sortValues } from './order/order.ts';
import { sorted } from './order/sorted.ts';
import type { ExportPlan } from './plan.ts';
import { changedSince, firstPage, matchesNothing, pagesByNumber, reachedBy, topOf } from './read/pages.ts';
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
  /** Is told of records as they come. */
  readonly onRead: (records: number) => void;
  /** Is shown every record; null: nobody means to import them. */
  readonly notImportable: NotImportable | null;
}

/** The rows of an export in batches, in their order. Throws SuperOfficeError, SicError 'file'. */
export async function* exportRows(
  plan: ExportPlan,
  ports: RowPorts,
): AsyncGenerator<readonly OutputRow[], void, void> {
  if (matchesNothing(plan)) return;
  const { limit, files } = ports;
  for await (const batch of limited(rowsOf(plan, ports), limit))
    yield files === null ? batch.map(({ row }) => row) : await withFiles(batch, plan, files);
}

function rowsOf(plan: ExportPlan, ports: RowPorts): AsyncGenerator<MadeRow[], void, void> {
  const { superoffice, since } = ports;
  const isSorted = plan.order.length > 0;
  if (since === null) return isSorted ? inOrder(plan, ports) : byNumber(plan, ports);
  const made = madeRows(changedSince(plan, superoffice, since), plan, ports);
  return isSorted ? sortedBy(made, plan) : made;
}

/**
 * Where SuperOffice can tell which rows satisfy, no more than are wanted are asked for. It may still take letters for the
 * same that are not (its database decides, å for aa): then those behind them are looked through as well.
 */
async function* byNumber(plan: ExportPlan, ports: RowPorts): AsyncGenerator<MadeRow[], void, void> {
  const { superoffice, limit } = ports;
  const top = topOf(plan, limit);
  let read = 0;
  let reached = 0;
  let satisfied = 0;
  async function* counted(): AsyncGenerator<readonly ArchiveRow[], void, void> {
    for await (const page of pagesByNumber(plan, superoffice, { top })) {
      read += page.length;
      for (const row of page) reached = Math.max(reached, reachedBy(plan, row));
      yield page;
    }
  }
  for await (const batch of madeRows(counted(), plan, ports)) {
    satisfied += batch.length;
    yield batch;
  }
  if (top !== null && satisfied < top && read >= top)
    yield* madeRows(pagesByNumber(plan, superoffice, { after: reached }), plan, ports);
}

async function* inOrder(plan: ExportPlan, ports: RowPorts): AsyncGenerator<MadeRow[], void, void> {
  const { superoffice, limit } = ports;
  const first = await firstPage(plan, superoffice, limit);
  if (first !== null) {
    const rows: MadeRow[] = [];
    for await (const batch of madeRows(only(first), plan, ports)) rows.push(...batch);
    // Fewer than were asked for are all; of the others each has to satisfy, else one behind them is missing.
    if (first.length < (limit ?? 0) || rows.length === first.length) {
      yield rows.sort(comparing(plan));
      return;
    }
  }
  yield* sortedBy(madeRows(pagesByNumber(plan, superoffice), plan, ports), plan);
}

async function* only(page: readonly ArchiveRow[]): AsyncGenerator<readonly ArchiveRow[], void, void> {
  yield page;
}

/** A row, and what is still needed of its record. Plain JSON values: some are put aside on the disk. */
interface MadeRow {
  readonly id: number;
  readonly row: OutputRow;
  readonly by: SortValues;
}

async function* madeRows(
  pages: AsyncIterable<readonly ArchiveRow[]>,
  plan: ExportPlan,
  { superoffice, fieldNames, onRead, notImportable }: RowPorts,
): AsyncGenerator<MadeRow[], void, void> {
  const { columns, criteria, order, names } = plan;
  for await (const page of completed(pages, plan, superoffice, fieldNames)) {
    onRead(page.length);
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
function sortedBy(rows: AsyncIterable<MadeRow[]>, plan: ExportPlan): AsyncGenerator<MadeRow[]> {
  return sorted(rows, comparing(plan));
}

function comparing({ order }: ExportPlan): (a: MadeRow, b: MadeRow) => number {
  const compare = compareBy(order);
  return (a, b) => compare(a.by, b.by);
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
async function withFiles(
  batch: readonly MadeRow[],
  { columns }: ExportPlan,
  files: SavedFiles,
): Promise<OutputRow[]> {
  const fields = columns.map(({ expression: { field, function: applied } }) =>
    applied === null && (field?.kind === 'file' || field?.kind === 'files') ? field.kind : null,
  );
  return inTurn(batch, async ({ id, row }) => {
    const cells: OutputCell[] = [];
    for (const [index, cell] of row.entries())
      if (fields[index] === 'file') cells.push(textCell(await files.ofDocument(id, cell.text)));
      else cells.push(fields[index] === 'files' ? textCell(await files.ofMessage(id)) : cell);
    return cells;
  });
}
