import { SandboxError } from '../http/exchange.ts';
import { isObject, pick } from '../http/names.ts';
import { userDefinedListTableNumber } from '../lists/tables.ts';
import type { Database, UdefField, UdefOwner } from '../store/database.ts';
import { hasRoom, textLimit } from './allocate.ts';
import { progIdOf } from './columns.ts';
import { newField, nextFieldId, nextIdentity } from './new-field.ts';
import { applyCarrier, readType, withType } from './read-carrier.ts';

/** A field by its UDefFieldId, its Prog ID (case-sensitive) or its label, in this order. */
export function findField(fields: readonly UdefField[], name: string): UdefField | undefined {
  const label = plainLabel(name);
  return (
    fields.find(field => String(field.udefFieldId) === name) ??
    fields.find(field => progIdOf(field) === name) ??
    fields.find(field => plainLabel(field.label) === label)
  );
}

/** A field by its label; blanks, colons and full stops at its end do not count. */
export function findByLabel(fields: readonly UdefField[], label: string): UdefField | undefined {
  const wanted = plainLabel(label);
  return fields.find(field => plainLabel(field.label) === wanted);
}

function plainLabel(label: string): string {
  return label.replace(/[\s:.]+$/, '');
}

/**
 * Stores one carrier in the draft: an existing field when it names one, else a new one. Fields that are not named stay.
 * Throws SandboxError 400 for what no layout can hold.
 */
export function saveDraftField(database: Database, owner: UdefOwner, carrier: unknown): UdefField {
  if (!isObject(carrier)) throw refusal('A user-defined field must be an object');
  const { draft, published } = database.layout(owner);
  const existing = existingField(draft, carrier);
  const base = existing ?? {
    ...newField(readType(pick(carrier, 'FieldType')) ?? 'ShortText'),
    udefFieldId: nextFieldId(database),
    udefIdentity: nextIdentity(database),
    tabOrder: draft.length + 1,
  };
  const field = applyCarrier(base, carrier);
  const saved = field.progId === '' ? { ...field, progId: progIdOf(field) } : field;
  const others = draft.filter(other => other.udefIdentity !== saved.udefIdentity);
  check(saved, others);
  const next = existing ? draft.map(other => (other === existing ? saved : other)) : [...draft, saved];
  database.setLayout(owner, { draft: next, published });
  return saved;
}

/** By the ids it carries: the identity survives publishing, the field id does not. */
function existingField(draft: readonly UdefField[], carrier: unknown): UdefField | undefined {
  const identity = Number(pick(carrier, 'UdefIdentity') ?? 0);
  const fieldId = Number(pick(carrier, 'UDefFieldId') ?? 0);
  if (identity === 0 && fieldId === 0) return undefined;
  const field =
    draft.find(candidate => candidate.udefIdentity === identity) ??
    draft.find(candidate => candidate.udefFieldId === fieldId);
  if (!field)
    throw new SandboxError(
      404,
      'SoNotFoundException',
      `User-defined field id ${fieldId || identity} not found`,
    );
  return field;
}

/** Removes a field from the draft; it lives on until the draft is published. */
export function removeDraftField(database: Database, owner: UdefOwner, field: UdefField): void {
  const { draft, published } = database.layout(owner);
  database.setLayout(owner, { draft: draft.filter(other => other !== field), published });
}

/** Another type for a field of the draft, as `ChangeTo` does it. */
export function changeDraftType(
  database: Database,
  owner: UdefOwner,
  field: UdefField,
  type: UdefField['type'],
  isIndexed: boolean | undefined,
): UdefField {
  const { draft, published } = database.layout(owner);
  const changed = { ...withType(field, type), isIndexed: isIndexed ?? field.isIndexed };
  check(
    changed,
    draft.filter(other => other !== field),
  );
  database.setLayout(owner, { draft: draft.map(other => (other === field ? changed : other)), published });
  return changed;
}

function check(field: UdefField, others: readonly UdefField[]): void {
  const name = progIdOf(field);
  if (others.some(other => progIdOf(other) === name)) throw refusal(`The Prog ID ${name} is already in use`);
  if (!hasRoom(field.type, others)) throw refusal(`There is no room for one more ${field.type} field`);
  if (field.isMandatory && field.isReadOnly)
    throw refusal(`The field ${name} cannot be both mandatory and read-only`);
  const limit = textLimit(field.type);
  if (field.textLength < 0 || field.textLength > limit)
    throw refusal(`The field ${name} cannot be ${field.textLength} characters long; ${limit} is the most`);
  const needsDefinition = field.listTableId === userDefinedListTableNumber;
  if (
    field.type === 'List' &&
    (field.listTableId === 0 || (needsDefinition && field.udListDefinitionId === 0))
  )
    throw refusal(`The list field ${name} does not say which list it shows`);
}

function refusal(message: string): SandboxError {
  return new SandboxError(400, 'ArgumentException', message);
}
