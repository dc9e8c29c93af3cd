import { pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import { associateName } from '../carriers/associate.ts';
import { listItemName } from '../carriers/list-item.ts';
import type { Draft } from '../draft.ts';
import type { EntityRecord, Property } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { numberOf, shown, toInteger } from '../values.ts';
import { objectsIn } from './objects.ts';

/** Numbers of the tables whose records may be hidden (writing.md, section 8.4). */
export const visibleTables = { appointment: 9, document: 10, sale: 13 } as const;

const visibilities = ['All', 'Associate', 'Group'] as const;
type Visibility = (typeof visibilities)[number];

interface Viewer {
  readonly visibility: Visibility;
  readonly id: number;
}

/**
 * Whom the record is shown to. A record without rows is for all; the sandbox keeps what is sent and hides nothing from
 * anyone. The checksum of real rows (writing.md, section 6.5) is left out.
 */
export function visibleFor(table: keyof typeof visibleTables): Property {
  const name = 'VisibleFor';
  const tableId = visibleTables[table];
  return {
    name,
    empty: [],
    field: { type: 'SuperOffice.CRM.Services.VisibleFor[]', length: 0 },
    read: record => carriers(record, tableId),
    write: (draft, value) => {
      const viewers = parse(draft, name, value);
      if (viewers) draft.parts.set(name, id => replace(draft.writing.database, tableId, id, viewers));
    },
  };
}

/** `All` among the entries, and none at all, both mean everybody. */
function parse(draft: Draft, name: string, value: unknown): readonly Viewer[] | undefined {
  const items = objectsIn(draft, name, value);
  if (!items) return undefined;
  const viewers: Viewer[] = [];
  for (const item of items) {
    const visibility = visibilities.find(known => known === pick(item, 'Visibility'));
    const id = toInteger(pick(item, 'VisibleId') ?? 0);
    if (visibility === undefined || id === undefined || !exists(draft.writing.database, visibility, id)) {
      draft.reject(name, `${shown(item)} is neither All nor an Associate or Group with its VisibleId`);
      return undefined;
    }
    viewers.push({ visibility, id });
  }
  return viewers.some(viewer => viewer.visibility === 'All') ? [] : viewers;
}

function exists(database: Database, visibility: Visibility, id: number): boolean {
  if (visibility === 'All') return true;
  return database.table(visibility === 'Group' ? 'usergroup' : 'associate').get(id) !== undefined;
}

/** Forgets whom a record that is being deleted was shown to. */
export function removeViewers(database: Database, table: keyof typeof visibleTables, id: number): void {
  replace(database, visibleTables[table], id, []);
}

function rowsOf(database: Database, tableId: number, id: number): DbRow[] {
  return rowsWith(database.table('visiblefor'), 'recordId', id).filter(row => row.tableId === tableId);
}

function replace(database: Database, tableId: number, id: number, viewers: readonly Viewer[]): boolean {
  const kept = rowsOf(database, tableId, id);
  const wanted = viewers.map(viewer => rowOf(tableId, id, viewer));
  const isSame = (row: DbRow, index: number): boolean =>
    row.forGroupId === wanted[index]?.forGroupId && row.forAssocId === wanted[index]?.forAssocId;
  if (kept.length === wanted.length && kept.every(isSame)) return false;
  const table = database.table('visiblefor');
  for (const row of kept) table.delete(numberOf(row[table.primaryKey]));
  for (const row of wanted) table.insert(row);
  return true;
}

function rowOf(tableId: number, recordId: number, { visibility, id }: Viewer): DbRow {
  return {
    tableId,
    recordId,
    forAll: 0,
    forGroupId: visibility === 'Group' ? id : 0,
    forAssocId: visibility === 'Associate' ? id : 0,
  };
}

function carriers({ id, reading }: EntityRecord, tableId: number): unknown[] {
  const rows = id === 0 ? [] : rowsOf(reading.database, tableId, id);
  if (rows.length === 0) return [carrier('All', 0, '')];
  return rows.map(row => {
    const group = numberOf(row.forGroupId);
    const associate = numberOf(row.forAssocId);
    return group > 0
      ? carrier('Group', group, listItemName('usergroup', group, reading))
      : carrier('Associate', associate, associateName(reading.database, associate));
  });
}

function carrier(Visibility: Visibility, VisibleId: number, DisplayValue: string): unknown {
  return { VisibleId, Visibility, DisplayValue, TableRight: null, FieldProperties: {} };
}
