import { SandboxError } from '../http/exchange.ts';
import { isObject, pick } from '../http/names.ts';
import { statusAndType } from '../quirks.ts';
import { fold } from '../store/collation.ts';
import type { DbRow } from '../store/table.ts';
import { initialRow, rowChanges } from './item-row.ts';
import { itemOf, itemsOf, type ListTarget } from './list-target.ts';

/** `String(239)` (reading.md, section 12.3). */
const maximumNameLength = 239;

function bad(message: string, errorType = 'ArgumentException'): SandboxError {
  return new SandboxError(400, errorType, message);
}

/** Adds an item and answers its id; 400 for a name that a built-in list holds already, deleted or not. */
export function addItem(target: ListTarget, body: unknown): number {
  refuseWrongAddress(target);
  const changes = checkedChanges(target, body, 0);
  if (!changes.name) throw bad('The list item has no name', 'SoValidationException');
  const row: DbRow = { ...initialRow(target.carrier), rank: nextRank(target), ...changes };
  row.udlistdefinition_id = target.builtIn ? 0 : target.listId;
  withFullName(target, row);
  return target.table.insert(row);
}

/** Lays the body over the item; also how a deleted one comes back (`"Deleted": false`). */
export function changeItem(target: ListTarget, id: number, body: unknown): void {
  const before = itemOf(target, id);
  const changes = checkedChanges(target, body, id);
  delete changes.udlistdefinition_id;
  const row = { ...before, ...changes };
  withFullName(target, row);
  target.table.update(id, row);
}

/** Marks the item deleted: list items never go away. */
export function removeItem(target: ListTarget, id: number): void {
  itemOf(target, id);
  const isPriority = target.builtIn?.carrier === 'TicketPriorityEntity';
  target.table.update(id, isPriority ? { deleted: 1, status: 'Deleted' } : { deleted: 1 });
}

export function removeAllItems(target: ListTarget): void {
  for (const [id] of itemsOf(target, false)) removeItem(target, id);
}

/** Saves the whole array: an item with an id is changed, one without is added. Items left out stay as they are. */
export function saveAllItems(target: ListTarget, body: unknown): void {
  if (!Array.isArray(body)) throw bad('The body must be an array of list items');
  for (const item of body) {
    const id = Number(pick(item, target.idProperty) ?? 0);
    if (id > 0) changeItem(target, id, item);
    else addItem(target, item);
  }
}

/**
 * Items of special lists carry behaviour, so only their own carrier can make one; and the negative table number is
 * documented for GET, PUT and DELETE, not for POST (reading.md, section 12.6).
 */
function refuseWrongAddress({ builtIn, addressedBy, quirks }: ListTarget): void {
  if (builtIn?.table === 'tags' && quirks['tags-through-lists'] === 'no')
    throw bad('Tags are not added through lists', 'SoNotSupportedException');
  if (addressedBy === 'tableNumber')
    throw bad('A list item cannot be added by table number: use the id of the list');
  if (builtIn && addressedBy !== 'typedName' && builtIn.carrier !== 'ListItemEntity')
    throw bad(`Items of ${builtIn.restName} are added through /v1/List/${builtIn.restName}/Items only`);
}

function checkedChanges(target: ListTarget, body: unknown, ownId: number): DbRow {
  if (!isObject(body)) throw bad('The body must be a list item');
  const changes = rowChanges(target.carrier, body);
  const { name } = changes;
  if (name === undefined || name === null) return changes;
  if (String(name).length > maximumNameLength)
    throw bad(`The name of a list item has at most ${maximumNameLength} characters`, 'SoValidationException');
  if (target.builtIn && isTaken(target, String(name), ownId))
    throw new SandboxError(
      ...statusAndType(target.quirks['refusal-of-duplicate']),
      `A list item with the name '${name}' exists already`,
    );
  return changes;
}

/**
 * The unique index compares the name as it is kept, all languages in one text, and as the collation compares. Ticket
 * categories may repeat a name under another parent.
 */
function isTaken({ table, builtIn }: ListTarget, name: string, ownId: number): boolean {
  if (builtIn?.carrier === 'TicketCategoryEntity') return false;
  const wanted = fold(name);
  for (const [id, row] of table.rows) if (id !== ownId && fold(String(row.name)) === wanted) return true;
  return false;
}

function nextRank(target: ListTarget): number {
  return itemsOf(target, true).reduce((highest, [, row]) => Math.max(highest, Number(row.rank ?? 0)), 0) + 1;
}

/** A ticket category's full name is the path of its parents' names. */
function withFullName({ table, builtIn }: ListTarget, row: DbRow): void {
  if (builtIn?.carrier !== 'TicketCategoryEntity') return;
  const parent = table.get(Number(row.parent_id ?? -1));
  row.fullname = parent ? `${parent.fullname}/${row.name}` : String(row.name);
}
