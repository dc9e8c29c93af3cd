import { shapeOf, type TableRow } from './table-row.ts';

/** Rows of one table with the same columns: one request. */
export interface Group<Entry> {
  readonly like: TableRow;
  readonly rows: readonly { readonly entry: Entry; readonly row: TableRow }[];
}

/** Rows of a request. No limit is documented; 500 to 1,000 is where to begin (writing.md, section 6.2). */
export const mostRows = 500;

/** A request for fewer rows saves nothing: each of their records is one request of the entity engine. */
const fewestRows = 4;

/**
 * Cuts the rows of records into requests: by the columns that are present, since every row of a request supplies every
 * column. Records with a row that hardly any other is like are left to the entity engine.
 */
export function groupsOf<Entry extends { readonly rows: readonly TableRow[] }>(
  entries: readonly Entry[],
): { readonly groups: readonly Group<Entry>[]; readonly left: readonly Entry[] } {
  const left: Entry[] = [];
  let kept = entries;
  for (;;) {
    const byShape = new Map<string, { entry: Entry; row: TableRow }[]>();
    for (const entry of kept)
      for (const row of entry.rows) {
        const shape = shapeOf(row);
        const rows = byShape.get(shape);
        if (rows) rows.push({ entry, row });
        else byShape.set(shape, [{ entry, row }]);
      }
    const odd = new Set<Entry>();
    for (const rows of byShape.values())
      if (rows.length < fewestRows) for (const { entry } of rows) odd.add(entry);
    if (odd.size === 0) return { groups: [...byShape.values()].flatMap(cut), left };
    left.push(...odd);
    kept = kept.filter(entry => !odd.has(entry));
  }
}

function cut<Entry>(rows: Group<Entry>['rows']): Group<Entry>[] {
  const groups: Group<Entry>[] = [];
  for (let start = 0; start < rows.length; start += mostRows) {
    const some = rows.slice(start, start + mostRows);
    const [head] = some;
    if (head) groups.push({ like: head.row, rows: some });
  }
  return groups;
}
