import type { DbRow } from '../../store/table.ts';
import { deviceColumns, foreignKeyGroup, keyColumn } from '../columns/foreign-key.ts';
import { numberIn } from '../columns/names.ts';
import { candidatesOf, lowerBound } from '../filter/candidates.ts';
import { idsInOrder, placeAfter } from '../id-order.ts';
import type { Archive, Provider } from '../provider.ts';
import type { Source } from '../source.ts';

/**
 * All applications with their devices and keys, joined outwards: a device without keys and an application without devices
 * are rows of their own, with key 0. They come first, then the keys by id.
 */
export const foreignKeys: Provider = {
  name: 'ForeignKeys',
  entities: [{ name: 'foreignKey', label: 'Foreign key' }],
  open: (_, source) => open(source),
};

function open(source: Source): Archive {
  const { database } = source;
  const find = (name: string) => foreignKeyGroup.find(name, database);
  const key = find('keyId');
  if (key === undefined) throw new Error('the archive of foreign keys has no key');
  return {
    find,
    columns: () => foreignKeyGroup.all(database),
    defaults: [
      'appName',
      'deviceName',
      'deviceIdentifier',
      'keyId',
      'keyName',
      'keyValue',
      'tableId',
      'recordId',
    ],
    key,
    primaryKey: row => numberIn(row, keyColumn),
    entityName: () => 'foreignKey',
    linkHint: () => '',
    *rows(filter, _, columnOf) {
      const candidates = filter && candidatesOf(filter, columnOf, source);
      const bound = lowerBound(filter, columnOf, key);
      if (candidates === null && bound === 0) yield* rowsWithoutKey(source);
      const keys = database.table('foreignkey');
      const ids = candidates ? [...candidates].sort((a, b) => a - b) : idsInOrder(keys);
      const devices = new Map<number, DbRow>();
      for (let place = placeAfter(ids, bound); place < ids.length; place++) {
        const row = keys.get(ids[place] ?? 0);
        if (!row) continue;
        const deviceId = numberIn(row, 'foreigndevice_id');
        const device = devices.get(deviceId) ?? ofDevice(source, deviceId);
        devices.set(deviceId, device);
        yield { ...row, ...device };
      }
    },
  };
}

/** The columns of a device and its application. */
function ofDevice({ database }: Source, deviceId: number): DbRow {
  const device = database.table('foreigndevice').get(deviceId);
  return deviceColumns(database.table('foreignapp').get(numberIn(device, 'foreignapp_id')), device);
}

function* rowsWithoutKey(source: Source): Iterable<DbRow> {
  const { database } = source;
  const devices = database.table('foreigndevice');
  for (const id of idsInOrder(database.table('foreignapp'))) {
    const app = database.table('foreignapp').get(id);
    if (!app) continue;
    const ids = devices.find('foreignapp_id', id);
    if (ids.length === 0) yield deviceColumns(app, undefined);
    for (const deviceId of ids)
      if (database.table('foreignkey').find('foreigndevice_id', deviceId).length === 0)
        yield deviceColumns(app, devices.get(deviceId));
  }
}
