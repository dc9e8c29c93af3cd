import { assertUnmodified, isUnmodified } from '../entities/conditions.ts';
import { requireBody } from '../entities/rest.ts';
import { updatedStamp } from '../entities/stamps.ts';
import { numberOf, toInteger } from '../entities/values.ts';
import { type Answer, type Exchange, noContent, ok, type Route, SandboxError } from '../http/exchange.ts';
import { isObject, pick } from '../http/names.ts';
import { statusAndType } from '../quirks.ts';
import type { DbRow } from '../store/table.ts';
import { appCarrier, deviceCarrier, linkedAppCarrier } from './carriers.ts';
import { missing, requireApp } from './require.ts';
import {
  addApp,
  appNamed,
  checkedName,
  checkedText,
  devicesOf,
  ensureDevice,
  removeDevice,
} from './store.ts';

type Parameters = Readonly<Record<string, string>>;

/** The last part of the address is an id when it is a number, else the application's name: both are documented. */
function isId({ app = '' }: Parameters): boolean {
  return /^\d+$/.test(app);
}

function appById({ database }: Exchange, { app = '' }: Parameters): DbRow {
  const row = database.table('foreignapp').get(Number(app));
  if (!row) throw missing(database, `Foreign application id ${app}`);
  return row;
}

function read(exchange: Exchange, parameters: Parameters): Answer {
  const row = isId(parameters) ? appById(exchange, parameters) : requireApp(exchange, parameters);
  return isUnmodified(exchange, row) ? { status: 304 } : ok(linkedAppCarrier(exchange, row));
}

/** With an id in the body that application is saved, else a new one is made. */
function post(exchange: Exchange): Answer {
  const body = requireBody(exchange);
  const id = toInteger(pick(body, 'ForeignAppId')) ?? 0;
  if (id > 0) return saveById(exchange, { app: String(id) });
  const added = addApp(exchange, checkedName('Name', pick(body, 'Name')));
  saveDevices(exchange, added, body);
  return ok(linkedAppCarrier(exchange, appById(exchange, { app: String(added) })));
}

function saveById(exchange: Exchange, parameters: Parameters): Answer {
  const { database, now, user } = exchange;
  const body = requireBody(exchange);
  const row = appById(exchange, parameters);
  const id = numberOf(row.foreignapp_id);
  assertUnmodified(exchange, row, `ForeignApp id ${id}`);
  const name = checkedName('Name', pick(body, 'Name') ?? row.name);
  const namesake = appNamed(database, name);
  if (namesake && namesake !== row)
    throw new SandboxError(
      ...statusAndType(database.quirks['refusal-of-duplicate']),
      `A foreign application '${name}' exists already`,
    );
  const table = database.table('foreignapp');
  if (table.update(id, { name })) table.update(id, updatedStamp(row, now, user.associateId));
  saveDevices(exchange, id, body);
  return ok(linkedAppCarrier(exchange, row));
}

/** PUT and POST by name: the application there is, or a new one of that name. A body is not described for them. */
function saveByName(exchange: Exchange, { app = '' }: Parameters): Answer {
  const { database } = exchange;
  const id = numberOf(appNamed(database, app)?.foreignapp_id) || addApp(exchange, app);
  return ok(appCarrier(exchange, database.table('foreignapp').get(id)));
}

/** Devices that an application brings along are added; those that are left out stay, for they have keys. */
function saveDevices(exchange: Exchange, appId: number, body: Readonly<Record<string, unknown>>): void {
  const devices = pick(body, 'Devices') ?? [];
  if (!Array.isArray(devices)) return;
  for (const device of devices.filter(isObject))
    ensureDevice(
      exchange,
      appId,
      checkedName('Devices.Name', pick(device, 'Name')),
      checkedText('Devices.DeviceIdentifier', pick(device, 'DeviceIdentifier')),
    );
}

function remove(exchange: Exchange, parameters: Parameters): Answer {
  const { database } = exchange;
  const row = isId(parameters) ? appById(exchange, parameters) : requireApp(exchange, parameters);
  const id = numberOf(row.foreignapp_id);
  assertUnmodified(exchange, row, `ForeignApp id ${id}`);
  for (const device of devicesOf(database, id)) removeDevice(database, numberOf(device.foreigndevice_id));
  database.table('foreignapp').delete(id);
  return noContent;
}

/** `/v1/ForeignApp`: the applications themselves. */
export const appRoutes: readonly Route[] = [
  ['GET', '/v1/ForeignApp/default', exchange => ok(appCarrier(exchange, undefined))],
  ['POST', '/v1/ForeignApp', post],
  ['GET', '/v1/ForeignApp/{app}', read],
  [
    'PUT',
    '/v1/ForeignApp/{app}',
    (exchange, parameters) => (isId(parameters) ? saveById : saveByName)(exchange, parameters),
  ],
  ['POST', '/v1/ForeignApp/{app}', saveByName],
  ['DELETE', '/v1/ForeignApp/{app}', remove],
  [
    'GET',
    '/v1/ForeignApp/{app}/Devices',
    (exchange, parameters) => {
      const { foreignapp_id: id } = requireApp(exchange, parameters);
      return ok(devicesOf(exchange.database, numberOf(id)).map(row => deviceCarrier(exchange, row)));
    },
  ],
];
