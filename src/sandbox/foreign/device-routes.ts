import { numberOf } from '../entities/values.ts';
import { type Answer, type Exchange, noContent, ok, type Route } from '../http/exchange.ts';
import { deviceCarrier } from './carriers.ts';
import { requireApp, requireDevices } from './require.ts';
import { ensureDevice, removeDevice } from './store.ts';

const address = '/v1/ForeignApp/{app}/{device}/{identifier}';

/** The path says all that is kept of a device; what the body says of the same is passed over. */
function save(exchange: Exchange, parameters: Readonly<Record<string, string>>): Answer {
  const { database } = exchange;
  const { device = '', identifier = '' } = parameters;
  const appId = numberOf(requireApp(exchange, parameters).foreignapp_id);
  const id = ensureDevice(exchange, appId, device, identifier);
  return ok(deviceCarrier(exchange, database.table('foreigndevice').get(id) ?? {}));
}

/** Devices of an application: one per name and identifier. */
export const deviceRoutes: readonly Route[] = [
  [
    'GET',
    address,
    (exchange, parameters) => ok(deviceCarrier(exchange, requireDevices(exchange, parameters)[0])),
  ],
  ['PUT', address, save],
  ['POST', address, save],
  [
    'DELETE',
    address,
    (exchange, parameters) => {
      const [device] = requireDevices(exchange, parameters);
      removeDevice(exchange.database, numberOf(device.foreigndevice_id));
      return noContent;
    },
  ],
];
