import { isObject, pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import type { Draft } from '../draft.ts';
import { clearedReference } from '../open-points.ts';
import type { FieldInfo, Property, Reading } from '../property.ts';
import { numberOf, shown, toInteger } from '../values.ts';

interface Reference {
  readonly name: string;
  readonly column: string;
  /** Id property of the carrier: `Id`, `AssociateId`, `CountryId` (writing.md, section 2). */
  readonly idProperty: string;
  /** Table the id must exist in; null when the sandbox has none for it, so that no id exists. */
  readonly table: string | null;
  /** MDO list. */
  readonly list?: string;
  readonly field?: FieldInfo;
  /** The carrier of an id above 0; id 0 is asked too, since some answer an empty carrier and some null. */
  readonly carrier: (id: number, reading: Reading) => unknown;
}

/** A property that points to a row of another table. Only its id is read from what is sent. */
export function reference(options: Reference): Property {
  const { name, column, idProperty, table } = options;
  return {
    name,
    column,
    empty: null,
    ...(options.list === undefined ? {} : { list: options.list }),
    ...(options.field === undefined ? {} : { field: options.field }),
    read: ({ row, reading }) => options.carrier(numberOf(row[column]), reading),
    write: (draft, value) => {
      const id = referenceId(value, idProperty);
      if (id === clearedReference && cannotClear(draft, name, column, value))
        draft.reject(name, `${shown(value)} is no ${name}`);
      else if (id === undefined) draft.reject(name, `${shown(value)} has no ${idProperty}`);
      // An id that stays is not looked up: its row may have been deleted since.
      else if (id !== draft.before?.[column] && !exists(draft.writing.database, table, id))
        draft.reject(name, `there is no ${name} with ${idProperty} ${id}`);
      else draft.columns[column] = id;
    },
  };
}

/** Of null and id 0 an installation may take one only (quirks.ts). What is empty may be sent either way. */
function cannotClear(draft: Draft, name: string, column: string, value: unknown): boolean {
  const taken = draft.writing.database.quirks['cleared-reference'];
  if (taken === 'either' || !draft.sent.has(name) || numberOf(draft.before?.[column]) === clearedReference)
    return false;
  return taken !== (value === null ? 'null' : 'id-0');
}

/** The id in a reference carrier; null clears. undefined when the value is no carrier of this kind. */
function referenceId(value: unknown, idProperty: string): number | undefined {
  if (value === null) return clearedReference;
  return isObject(value) ? toInteger(pick(value, idProperty)) : undefined;
}

const softDeleted: ReadonlySet<string> = new Set(['contact', 'person']);

/** Deleted list items still count: old records point to them. Deleted companies and persons do not. */
function exists(database: Database, table: string | null, id: number): boolean {
  if (id === clearedReference) return true;
  const row = table === null ? undefined : database.table(table).get(id);
  return row !== undefined && !(table !== null && softDeleted.has(table) && row.deleted === 1);
}
