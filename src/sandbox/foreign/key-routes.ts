import { badArgumentErrorType } from '../entities/open-points.ts';
import { requireBody } from '../entities/rest.ts';
import { rowsWith } from '../entities/rows.ts';
import { createdStamp, updatedStamp } from '../entities/stamps.ts';
import { numberOf, shown, textOf, toInteger } from '../entities/values.ts';
import { type Answer, type Exchange, noContent, ok, type Route, SandboxError } from '../http/exchange.ts';
import { pick, queryValue } from '../http/names.ts';
import type { DbRow } from '../store/table.ts';
import { keyCarrier } from './carriers.ts';
import { missing, requireDevices } from './require.ts';
import { checkedName, checkedText, keysNamed } from './store.ts';
import { tableNumberOf } from './table-numbers.ts';

type Parameters = Readonly<Record<string, string>>;

/** Throws 400 for a table without a documented number. */
function tableNumber(name: string): number {
  const number = tableNumberOf(name);
  if (number === undefined)
    throw new SandboxError(400, badArgumentErrorType, `Records of table '${name}' have no foreign keys`);
  return number;
}

function recordIdOf(value: unknown): number {
  const id = toInteger(value);
  if (id === undefined) throw new SandboxError(400, badArgumentErrorType, `${shown(value)} is no record id`);
  return id;
}

/** The oldest of the candidates that is a key of this name and table, on any of the devices that the path means. */
function oldest(exchange: Exchange, parameters: Parameters, candidates: readonly DbRow[]): DbRow {
  const { key = '', table = '' } = parameters;
  const number = tableNumber(table);
  const rows = requireDevices(exchange, parameters)
    .flatMap(device => keysNamed(device, key, candidates))
    .filter(row => row.table_id === number)
    .sort((a, b) => numberOf(a.foreignkey_id) - numberOf(b.foreignkey_id));
  const [first] = rows;
  if (!first) throw missing(exchange.database, `Foreign key '${key}' of table '${table}'`);
  return first;
}

function ofRecord(exchange: Exchange, parameters: Parameters): DbRow {
  const id = recordIdOf(parameters.record);
  return oldest(exchange, parameters, rowsWith(exchange.database.table('foreignkey'), 'record_id', id));
}

/** The record that has this value: the query names it `keyValue` or `Value`, after the form of the address. */
function byValue(parameter: 'keyValue' | 'Value') {
  return (exchange: Exchange, parameters: Parameters): Answer => {
    const value = queryValue(exchange.query, parameter);
    if (value === undefined)
      throw new SandboxError(400, badArgumentErrorType, `The query parameter ${parameter} is missing`);
    const found = rowsWith(exchange.database.table('foreignkey'), 'subvalue', value);
    return ok(keyCarrier(exchange, oldest(exchange, parameters, found)));
  };
}

interface SentKey {
  readonly subkey: string;
  readonly subvalue: string;
  readonly table_id: number;
  readonly record_id: number;
}

function sentKey(exchange: Exchange): SentKey {
  const body = requireBody(exchange);
  return {
    subkey: checkedName('Key', pick(body, 'Key')),
    subvalue: checkedText('Value', pick(body, 'Value')),
    table_id: tableNumber(textOf(pick(body, 'TableName'))),
    record_id: recordIdOf(pick(body, 'RecordId') ?? 0),
  };
}

/** Keys of this name that the device has for this record. */
function known(exchange: Exchange, device: DbRow, sent: SentKey): DbRow[] {
  const candidates = rowsWith(exchange.database.table('foreignkey'), 'record_id', sent.record_id);
  return keysNamed(device, sent.subkey, candidates).filter(row => row.table_id === sent.table_id);
}

/** POST adds, also beside a key of the same name: they count up in `seqno`. */
function add(exchange: Exchange, parameters: Parameters): Answer {
  const [device] = requireDevices(exchange, parameters);
  return insert(exchange, device, sentKey(exchange));
}

function insert(exchange: Exchange, device: DbRow, sent: SentKey): Answer {
  const { database, now, user } = exchange;
  const table = database.table('foreignkey');
  const id = table.insert({
    foreigndevice_id: numberOf(device.foreigndevice_id),
    ...sent,
    seqno: known(exchange, device, sent).length + 1,
    ...createdStamp(now, user.associateId),
  });
  return ok(keyCarrier(exchange, table.get(id) ?? {}));
}

/** PUT saves: the key of that name and record gets the value, and is added when there is none (or always: quirks.ts). */
function save(exchange: Exchange, parameters: Parameters): Answer {
  const { database, now, user } = exchange;
  const [device] = requireDevices(exchange, parameters);
  const sent = sentKey(exchange);
  const [row] = known(exchange, device, sent);
  if (!row || database.quirks['foreign-key-saved-twice'] === 'adds') return insert(exchange, device, sent);
  const table = database.table('foreignkey');
  const id = numberOf(row.foreignkey_id);
  if (table.update(id, { subkey: sent.subkey, subvalue: sent.subvalue }))
    table.update(id, updatedStamp(row, now, user.associateId));
  return ok(keyCarrier(exchange, row));
}

/** A blank table means all keys of the name, record 0 all of the name and table: so the specs. */
function remove(exchange: Exchange, parameters: Parameters): Answer {
  const { database } = exchange;
  const { key = '', table: tableName = '' } = parameters;
  const number = tableNumber(tableName.trim());
  const recordId = recordIdOf(parameters.record);
  const [device] = requireDevices(exchange, parameters);
  const keys = database.table('foreignkey');
  const isOfRecord = number !== 0 && recordId !== 0;
  // A device may have very many keys, a record has few.
  const candidates = isOfRecord
    ? rowsWith(keys, 'record_id', recordId)
    : rowsWith(keys, 'foreigndevice_id', numberOf(device.foreigndevice_id));
  const doomed = keysNamed(device, key, candidates).filter(row => number === 0 || row.table_id === number);
  for (const row of doomed) keys.delete(numberOf(row.foreignkey_id));
  return noContent;
}

const anyDevice = '/v1/ForeignApp/{app}/{device}/Key';
const oneDevice = '/v1/ForeignApp/{app}/{device}/{identifier}/Key';

/** Keys of records, with a device's identifier in the address or without. */
export const keyRoutes: readonly Route[] = [
  ['POST', oneDevice, add],
  ['PUT', oneDevice, save],
  ['DELETE', `${oneDevice}/{key}/{table}/{record}`, remove],
  ['GET', `${anyDevice}/{key}/{table}`, byValue('keyValue')],
  ['GET', `${oneDevice}/{key}/{table}`, byValue('Value')],
  ...[anyDevice, oneDevice].flatMap((address): Route[] => [
    [
      'GET',
      `${address}/{key}/{table}/{record}`,
      (exchange, parameters) => ok(keyCarrier(exchange, ofRecord(exchange, parameters))),
    ],
    [
      'GET',
      `${address}/{key}/{table}/{record}/Value`,
      (exchange, parameters) => ok(textOf(ofRecord(exchange, parameters).subvalue)),
    ],
  ]),
];
