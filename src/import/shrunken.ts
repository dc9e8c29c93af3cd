import { basename } from 'node:path';
import { rejectColumns } from '../formats/reject-columns.ts';
import type { RowCounts } from '../state/row-counts.ts';
import type { Input } from './inputs.ts';
import type { Results } from './results.ts';

/** Of fewer rows a file may lose most from one day to the next. */
const fewestRows = 100;

/** What is left of a file that lost 80 % of its rows. */
const left = 0.2;

export interface Shrunken {
  readonly file: string;
  readonly rows: number;
  readonly rowsBefore: number;
}

/**
 * Files that lost 80 % of their rows or more since their last complete import: somebody may have cut them off. */
export async function findShrunken(inputs: readonly Input[], counts: RowCounts): Promise<Shrunken[]> {
  const found: Shrunken[] = [];
  for (const [kind, files] of kindsOf(inputs)) {
    const rowsBefore = counts.get(kind) ?? 0;
    if (rowsBefore < fewestRows) continue;
    const most = rowsBefore * left;
    let rows = 0;
    for (const { records } of files) if (rows <= most) rows += await countRows(records, most - rows);
    if (rows <= most) found.push({ file: files.map(({ label }) => label).join(', '), rows, rowsBefore });
  }
  return found;
}

/** After a complete import. */
export function noteRows(inputs: readonly Input[], results: Results, counts: RowCounts): void {
  for (const [kind, files] of kindsOf(inputs)) {
    const rows = files.reduce((sum, file) => sum + results.countsOf(file).read, 0);
    if (rows >= fewestRows || counts.get(kind) !== null) counts.note(kind, rows);
  }
}

/**
 * Files that are compared with each other from day to day: of the same datatype and name, whatever number or date is in
 * it. Parts of one kind count together. A reject file holds some rows of another one, and is compared with nothing.
 */
function kindsOf(inputs: readonly Input[]): Map<string, Input[]> {
  const kinds = new Map<string, Input[]>();
  for (const input of inputs) {
    const { label, datatype, records } = input;
    if (rejectColumns.every(column => records.columns.includes(column))) continue;
    const kind = `${datatype.name} ${basename(label).replace(/\d+/g, '#')}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), input]);
  }
  return kinds;
}

/** Where nobody has counted them yet, stops once there are more than `most`. */
async function countRows(records: Input['records'], most: number): Promise<number> {
  if (records.blocks) return records.blocks.list.reduce((sum, block) => sum + block.records, 0);
  let rows = 0;
  for await (const { count } of records.batches()) {
    rows += count;
    if (rows > most) break;
  }
  return rows;
}
