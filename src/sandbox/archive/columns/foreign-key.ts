import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import { isoOf } from '../dates.ts';
import { computed } from './build.ts';
import { type ColumnGroup, columnGroup } from './group.ts';
import { associateName, numberIn, textIn } from './names.ts';

/**
 * A row of the archive: an application with one of its devices and one of that device's keys, all columns as the tables
 * have them under the names below. A side that is not there has no columns.
 */
export const keyColumn = 'foreignkey_id';

function integer(name: string, column: string): Column {
  return computed(name, 'integer', 'int', row => numberIn(row, column));
}

function text(name: string, column: string): Column {
  return computed(name, 'string', 'string', row => textIn(row, column));
}

function date(name: string, column: string): Column {
  return computed(name, 'date', 'date', row => isoOf(row[column]), { sortable: false });
}

function associate(name: string, column: string): Column {
  return {
    ...computed(name, 'associate', 'associate', row => numberIn(row, column), { sortable: false }),
    listName: 'associate',
    display: (cell, source) => associateName(Number(cell ?? 0), source),
  };
}

/** What only rows with a key have is found through the index of the keys' table. */
function indexed(column: Column, stored: string): Column {
  return {
    ...column,
    owners: (value, { database }) => database.table('foreignkey').findIfIndexed(stored, value),
  };
}

/** Columns of the archive ForeignKeys. */
export const foreignKeyGroup: ColumnGroup = columnGroup([
  integer('appId', 'foreignapp_id'),
  text('appName', 'app_name'),
  integer('deviceId', 'foreigndevice_id'),
  text('deviceName', 'device_name'),
  text('deviceIdentifier', 'device_identifier'),
  associate('deviceOwner', 'device_owner'),
  // The sandbox synchronises with nothing.
  date('deviceLastSync', 'device_last_sync'),
  date('deviceLastSyncTrans', 'device_last_sync_trans'),
  indexed(integer('keyId', keyColumn), keyColumn),
  text('keyName', 'subkey'),
  indexed(text('keyValue', 'subvalue'), 'subvalue'),
  integer('tableId', 'table_id'),
  indexed(integer('recordId', 'record_id'), 'record_id'),
  associate('keyUpdatedBy', 'updated_associate_id'),
  date('keyUpdatedDate', 'updated'),
  associate('keyRegisteredBy', 'registered_associate_id'),
  date('keyRegisteredDate', 'registered'),
]);

/** The columns that a device with its application puts beside those of a key. */
export function deviceColumns(app: DbRow | undefined, device: DbRow | undefined): DbRow {
  return {
    foreignapp_id: numberIn(app, 'foreignapp_id'),
    app_name: textIn(app, 'name'),
    foreigndevice_id: numberIn(device, 'foreigndevice_id'),
    device_name: textIn(device, 'name'),
    device_identifier: textIn(device, 'device_identifier'),
    device_owner: numberIn(device, 'associate_id'),
  };
}
