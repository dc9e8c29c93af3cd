import { type Exchange, SandboxError } from '../http/exchange.ts';
import { statusAndType } from '../quirks.ts';
import type { DbRow } from '../store/table.ts';
import { readingOf } from './carrier.ts';
import { wholeRow } from './companion.ts';
import { Draft, type Writing } from './draft.ts';
import type { Entity } from './entity.ts';
import type { EntityRecord } from './property.ts';
import { newDraft } from './save.ts';
import { stampText } from './stamps.ts';

export function writingOf({ database, user, now }: Exchange): Writing {
  return { database, associateId: user.associateId, now };
}

/** The row with its companion's columns, unless it is deleted: a deleted record is gone for everyone but the archives. */
export function liveRow(exchange: Exchange, entity: Entity, id: number): DbRow | undefined {
  const row = exchange.database.table(entity.table).get(id);
  if (!row || row.deleted === 1 || entity.holds?.(row) === false) return undefined;
  return wholeRow(entity, exchange.database, row);
}

/** Throws 404 (quirks.ts) for a record that does not exist. */
export function requireRow(exchange: Exchange, entity: Entity, id: number): DbRow {
  const row = liveRow(exchange, entity, id);
  if (!row)
    throw new SandboxError(
      ...statusAndType(exchange.database.quirks['refusal-of-missing']),
      `${labelOf(entity, id)} not found`,
    );
  return row;
}

export function labelOf(entity: Entity, id: number): string {
  return `${entity.name} id ${id}`;
}

export function savedRecord(exchange: Exchange, entity: Entity, id: number): EntityRecord {
  return { id, row: requireRow(exchange, entity, id), reading: readingOf(exchange) };
}

/** What a new record starts with, unsaved. */
export function defaultRecord(exchange: Exchange, entity: Entity): EntityRecord {
  const draft = newDraft(entity, writingOf(exchange), true);
  const row = { ...entity.blank, ...draft.columns, registered_associate_id: exchange.user.associateId };
  return { id: 0, row, reading: readingOf(exchange) };
}

/**
 * Marks the record as deleted; its rows stay, as in SuperOffice, where they go after 14 days. Entities whose table has
 * no such mark lose their rows at once (writing.md, sections 1.7 and 7.1).
 */
export function deleteRecord(exchange: Exchange, entity: Entity, id: number): void {
  const { database, contents, now } = exchange;
  const table = database.table(entity.table);
  if (entity.remove === undefined) {
    table.update(id, { deleted: 1, DeletedDate: stampText(now) });
    return;
  }
  entity.remove(requireRow(exchange, entity, id), database, contents);
  table.delete(id);
}

export function draftOf(exchange: Exchange, row: DbRow): Draft {
  return new Draft(writingOf(exchange), row);
}
