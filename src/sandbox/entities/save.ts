import type { DbRow, DbValue } from '../store/table.ts';
import { insertRow, updateRow, wholeRow } from './companion.ts';
import { completeCustomFields } from './custom-fields.ts';
import { Draft, type Rejection, type Writing } from './draft.ts';
import { type Entity, udefOwnerOf } from './entity.ts';
import { completeExtraFields } from './extra-field-values.ts';
import { missingMandatory } from './mandatory.ts';
import { newRow } from './new-row.ts';
import { putClearsOmitted, saveEnforcesMandatoryHints } from './open-points.ts';
import type { Property } from './property.ts';
import { registeredStamps } from './stamps.ts';
import { numberOf } from './values.ts';

/** A draft of a new record; with `defaults`, on top of what SuperOffice fills in (writing.md, section 1.3). */
export function newDraft(entity: Entity, writing: Writing, withDefaults: boolean): Draft {
  const draft = new Draft(writing, null);
  if (withDefaults) entity.defaults(draft);
  return draft;
}

/** Lays a body over a draft. Names in any case; names that are no property are passed over, as a model binder does. */
export function layOver(entity: Entity, draft: Draft, body: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(body)) {
    const property = entity.byLowerName.get(name.toLowerCase());
    if (!property?.write || value === undefined) continue;
    // In a new record null says no more than absence: the default stands.
    if (value === null && draft.before === null) continue;
    draft.sent.add(property.name);
    property.write(draft, value);
  }
}

/** As `layOver`, and what the body leaves out is emptied, as far as that is possible. */
export function replaceWith(entity: Entity, draft: Draft, body: Readonly<Record<string, unknown>>): void {
  layOver(entity, draft, body);
  if (!putClearsOmitted) return;
  const sent = new Set(Object.keys(body).map(name => name.toLowerCase()));
  for (const property of entity.all) if (!sent.has(property.name.toLowerCase())) clear(draft, property);
}

function clear(draft: Draft, property: Property): void {
  if (property.empty !== undefined) property.write?.(draft, property.empty);
}

/** Finishes the draft and tells everything that is wrong with it; nothing is written. */
export function examine(entity: Entity, draft: Draft, withDefaults: boolean): readonly Rejection[] {
  const owner = udefOwnerOf(entity.name);
  if (owner === undefined) completeExtraFields(entity.table, draft);
  else completeCustomFields(owner, draft, withDefaults);
  entity.complete(draft);
  if (saveEnforcesMandatoryHints) draft.rejections.push(...missingMandatory(entity, draft));
  return draft.rejections;
}

/**
 * Writes the draft and answers the id. Throws 400 for the first thing that is wrong, before anything is written.
 * A save that changes nothing writes no stamp: `UpdatedDate` stays, and nobody's `If-Unmodified-Since` fails over it.
 */
export function save(entity: Entity, draft: Draft, withDefaults: boolean): number {
  examine(entity, draft, withDefaults);
  draft.assertAcceptable();
  return draft.before === null ? create(entity, draft) : update(entity, draft, draft.before);
}

function create(entity: Entity, draft: Draft): number {
  const { database, now, associateId } = draft.writing;
  const stamps = (entity.stamps ?? registeredStamps).created(now, associateId);
  const row = Object.assign(newRow(entity, database.table(entity.table).primaryKey), draft.columns, stamps);
  const id = insertRow(entity, database, row);
  const kept = database.table(entity.table).get(id) ?? row;
  for (const write of draft.parts.values()) write(id, kept);
  return id;
}

function update(entity: Entity, draft: Draft, before: Readonly<DbRow>): number {
  const { database, now, associateId } = draft.writing;
  const table = database.table(entity.table);
  const id = numberOf(before[table.primaryKey]);
  const row = table.get(id);
  if (!row) throw new Error(`${entity.table} ${id} went away during its own save`);
  const whole = wholeRow(entity, database, row);
  const differing = Object.entries(draft.columns).filter(
    ([column, value]) => !isSame(whole[column] ?? null, value),
  );
  let isChanged = differing.length > 0 && updateRow(entity, database, row, Object.fromEntries(differing));
  for (const write of draft.parts.values()) isChanged = write(id, row) || isChanged;
  if (!isChanged) return id;
  table.update(id, (entity.stamps ?? registeredStamps).updated(row, now, associateId));
  entity.saved?.(row, new Set(differing.map(([column]) => column)), database);
  return id;
}

/** A column that was never written reads as '' or 0; writing that is no change. */
function isSame(a: DbValue, b: DbValue): boolean {
  return a === b || (isBlank(a) && isBlank(b));
}

function isBlank(value: DbValue): boolean {
  return value === null || value === '' || value === 0;
}
