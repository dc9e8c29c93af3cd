import { idsPerRequest } from '../../records/id-filters.ts';
import type { ArchiveCell } from '../../superoffice/archive.ts';
import { askInBatches } from '../../superoffice/batches.ts';
import { isOneOfNumbers } from '../../superoffice/filter.ts';
import { toNumber } from '../../superoffice/json.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import { integerCell, momentCell, textCell } from './cells.ts';
import type { CellKind, Tables } from './tables.ts';

/**
 * What the columns hold that no request may leave out, as cells. Read right before they are written back: what a user
 * changes in between is lost. A record that is not there any more, or that no cells express, is left out. Throws
 * SuperOfficeError.
 */
export async function readRoots(
  superoffice: SuperOffice,
  { root, key, required }: Tables,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Readonly<Record<string, string>>>> {
  const id = `${root}.${key}`;
  const columns = Object.entries(required);
  const { answers } = await askInBatches(ids, idsPerRequest(superoffice), batch =>
    superoffice.archive({
      fresh: true,
      provider: 'dynamic',
      columns: [id, ...columns.map(([column]) => `${root}.${column}`)],
      filter: isOneOfNumbers(id, batch),
      orderBy: id,
    }),
  );
  const roots = new Map<number, Readonly<Record<string, string>>>();
  for (const { primaryKey, cells } of answers) {
    const row: Record<string, string> = {};
    for (const [column, kind] of columns) {
      const cell = cellOf(kind, cells.get(`${root}.${column}`));
      if (cell !== null) row[column] = cell;
    }
    if (Object.keys(row).length === columns.length) roots.set(primaryKey, row);
  }
  return roots;
}

function cellOf(kind: CellKind, cell: ArchiveCell | undefined): string | null {
  if (!cell) return null;
  const { raw, display } = cell;
  switch (kind) {
    case 'integer': {
      const number = raw === null && display === '' ? 0 : (toNumber(raw) ?? toNumber(display));
      return number === null ? null : integerCell(number);
    }
    case 'moment':
      return momentCell(String(raw ?? display));
    case 'text':
      return textCell(typeof raw === 'string' ? raw : display);
  }
}
