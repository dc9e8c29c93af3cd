import type { DbRow } from '../store/table.ts';
import { type Entity, udefOwnerOf } from './entity.ts';
import { registeredStamps } from './stamps.ts';

/** Columns that the tables with user-defined fields have in common. */
const common: DbRow = { text_id: 0, userdef_id: 0, userdef2_id: 0 };

const models = new WeakMap<Entity, DbRow>();

/**
 * An empty row of the entity's table, with all columns that new records have. It is the copy of one model, so that all
 * rows share a shape: a row of thirty columns that is put together one by one is a hash table to the engine, of five
 * times the size.
 */
export function newRow(entity: Entity, primaryKey: string): DbRow {
  let model = models.get(entity);
  if (!model) {
    model = modelOf(entity, primaryKey);
    models.set(entity, model);
  }
  return { ...model };
}

function modelOf(entity: Entity, primaryKey: string): DbRow {
  const row: DbRow = {
    // 0 is no id: the table gives one.
    [primaryKey]: 0,
    ...(udefOwnerOf(entity.name) === undefined ? {} : common),
    ...entity.blank,
    ...(entity.stamps ?? registeredStamps).created(new Date(0), 0),
  };
  // What the parser makes is a record with a shape, which putting together is not.
  return JSON.parse(JSON.stringify(row));
}
