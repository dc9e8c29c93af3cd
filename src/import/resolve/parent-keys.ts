import type { Field } from '../../datatypes/field.ts';
import type { Row } from '../../mapping/row.ts';
import type { Existing } from '../../records/current.ts';
import { keysOf } from '../../records/keys.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { ParentLookup, ParentResolver } from './parents.ts';

/**
 * Finds out which key the present parent has where a row wants another one, so that a move can be told as
 * `C-1 → C-2`, and where it names none that could be found: it may mean the present one, which was deleted, shares its key
 * or has none. No request when nothing moves.
 */
export async function readPresentParents(
  superoffice: SuperOffice,
  lookup: ParentLookup,
  fields: readonly Field[],
  rows: readonly Row[],
  recordOf: (row: Row) => Existing | undefined,
  parents: ParentResolver,
): Promise<void> {
  for (const field of fields) {
    if (field.parent === undefined || field.slot.at !== 'reference') continue;
    const { name, slot } = field;
    const { column } = slot;
    const moved = new Map<Existing, number>();
    for (const row of rows) {
      const record = recordOf(row);
      const value = row.values.get(field);
      const id = Number(record?.archive.cells.get(column)?.raw ?? 0);
      const isBlank = row.problems.some(({ field: of, code }) => of === name && code === 'blank-relation');
      if (!record || (value === undefined && !isBlank)) continue;
      const wanted = value === undefined ? null : parents(field, value).wanted;
      if (id > 0 && wanted?.value !== id) moved.set(record, id);
      else if (id === 0 && isBlank) record.parentKeys.set(column, '');
    }
    if (moved.size === 0) continue;
    const parent = lookup.datatype(field.parent);
    const keys = await keysOf(superoffice, parent, lookup.names, [...new Set(moved.values())]);
    for (const [record, id] of moved) record.parentKeys.set(column, keys.get(id) ?? '');
  }
}
