import { badArgumentErrorType, tooLongErrorType } from '../entities/open-points.ts';
import { rowsWith } from '../entities/rows.ts';
import { createdStamp } from '../entities/stamps.ts';
import { numberOf, textOf, toText } from '../entities/values.ts';
import { type Exchange, SandboxError } from '../http/exchange.ts';
import { statusAndType } from '../quirks.ts';
import { fold } from '../store/collation.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';

/** Characters of every name and value of the foreign key system. */
const textLength = 239;

/** An application by its name; undefined when there is none. */
export function appNamed(database: Database, name: string): DbRow | undefined {
  return rowsWith(database.table('foreignapp'), 'name', name)[0];
}

/** Devices of an application, in the order they were made. */
export function devicesOf(database: Database, appId: number): DbRow[] {
  return rowsWith(database.table('foreigndevice'), 'foreignapp_id', appId);
}

/** Devices of an application that have this name; with `identifier` the one that has both. */
export function devicesNamed(database: Database, appId: number, name: string, identifier?: string): DbRow[] {
  return devicesOf(database, appId).filter(
    row => isSame(row.name, name) && (identifier === undefined || isSame(row.device_identifier, identifier)),
  );
}

/** Keys of a device that have this name. */
export function keysNamed(device: DbRow, name: string, candidates: readonly DbRow[]): DbRow[] {
  return candidates.filter(
    row => row.foreigndevice_id === device.foreigndevice_id && isSame(row.subkey, name),
  );
}

function isSame(stored: DbRow[string] | undefined, text: string): boolean {
  return fold(textOf(stored)) === fold(text);
}

/** Adds an application; its name must be free. */
export function addApp({ database, now, user }: Exchange, name: string): number {
  const checked = checkedName('Name', name);
  if (appNamed(database, checked))
    throw new SandboxError(
      ...statusAndType(database.quirks['refusal-of-duplicate']),
      `A foreign application '${name}' exists already`,
    );
  return database.table('foreignapp').insert({ name: checked, ...createdStamp(now, user.associateId) });
}

/** The device of that name and identifier: the one there is, or a new one. Answers its id. */
export function ensureDevice(exchange: Exchange, appId: number, name: string, identifier: string): number {
  const { database, now, user } = exchange;
  const [known] = devicesNamed(database, appId, name, identifier);
  if (known) return numberOf(known.foreigndevice_id);
  return database.table('foreigndevice').insert({
    foreignapp_id: appId,
    name: checkedName('Name', name),
    device_identifier: checkedText('DeviceIdentifier', identifier),
    associate_id: user.associateId,
    ...createdStamp(now, user.associateId),
  });
}

/** Takes a device away with all its keys. */
export function removeDevice(database: Database, deviceId: number): void {
  const keys = database.table('foreignkey');
  for (const id of keys.find('foreigndevice_id', deviceId)) keys.delete(id);
  database.table('foreigndevice').delete(deviceId);
}

/** A text that is not empty. Throws 400. */
export function checkedName(field: string, value: unknown): string {
  const text = checkedText(field, value);
  if (text.trim() === '') throw new SandboxError(400, badArgumentErrorType, `${field} is missing`);
  return text;
}

/** A text that fits. Throws 400. */
export function checkedText(field: string, value: unknown): string {
  const text = toText(value ?? '');
  if (text === undefined) throw new SandboxError(400, badArgumentErrorType, `${field} is not a text`);
  if (text.length > textLength)
    throw new SandboxError(
      400,
      tooLongErrorType,
      `${field}: the text has ${text.length} characters, the field holds ${textLength}`,
    );
  return text;
}
