import { readingOf, selectionOf } from '../entities/carrier.ts';
import { associateCarrier, associateName } from '../entities/carriers/associate.ts';
import { fullRight } from '../entities/carriers/rights.ts';
import { noDate } from '../entities/stamps.ts';
import { numberOf, textOf } from '../entities/values.ts';
import type { Exchange } from '../http/exchange.ts';
import { zoneSuffix } from '../http/time-zone.ts';
import type { DbRow } from '../store/table.ts';
import { devicesOf } from './store.ts';
import { tableNameOf } from './table-numbers.ts';

function date(exchange: Exchange, value: DbRow[string] | undefined): string {
  return (textOf(value) || noDate) + zoneSuffix(exchange.headers);
}

/** `ForeignAppEntity`; without a row the one that a new application starts with. */
export function appCarrier(exchange: Exchange, row: DbRow | undefined): Record<string, unknown> {
  const reading = readingOf(exchange);
  const id = numberOf(row?.foreignapp_id);
  const maker = row ? numberOf(row.registered_associate_id) : exchange.user.associateId;
  return {
    ForeignAppId: id,
    Name: textOf(row?.name),
    CreatedDate: date(exchange, row?.registered),
    UpdatedDate: date(exchange, row?.updated),
    CreatedBy: associateCarrier(maker, reading),
    UpdatedBy: associateCarrier(numberOf(row?.updated_associate_id), reading),
    Devices: devicesOf(exchange.database, id).map(device => deviceCarrier(exchange, device)),
    TableRight: fullRight,
    FieldProperties: {},
  };
}

/** The same with `_Links`, as far as `$select` asks for it. */
export function linkedAppCarrier(exchange: Exchange, row: DbRow): Record<string, unknown> {
  const root = `${exchange.apiRoot}/v1/ForeignApp`;
  const carrier: Record<string, unknown> = {
    ...appCarrier(exchange, row),
    _Links: { Self: `${root}/${row.foreignapp_id}`, Archive: root },
  };
  const selection = selectionOf(exchange);
  if (selection !== null)
    for (const name of Object.keys(carrier)) if (!selection.has(name.toLowerCase())) carrier[name] = null;
  return carrier;
}

export function deviceCarrier(exchange: Exchange, row: DbRow): Record<string, unknown> {
  const { database } = exchange;
  return {
    ForeignDeviceId: numberOf(row.foreigndevice_id),
    Name: textOf(row.name),
    CreatedDate: date(exchange, row.registered),
    UpdatedDate: date(exchange, row.updated),
    AssociateFullName: associateName(database, numberOf(row.associate_id)),
    CreatedBy: associateName(database, numberOf(row.registered_associate_id)),
    UpdatedBy: associateName(database, numberOf(row.updated_associate_id)),
    DeviceIdentifier: textOf(row.device_identifier),
    ForeignAppId: numberOf(row.foreignapp_id),
    TableRight: null,
    FieldProperties: {},
  };
}

export function keyCarrier(exchange: Exchange, row: DbRow): Record<string, unknown> {
  const { database } = exchange;
  return {
    Key: textOf(row.subkey),
    Value: textOf(row.subvalue),
    RecordId: numberOf(row.record_id),
    CreatedDate: date(exchange, row.registered),
    UpdatedDate: date(exchange, row.updated),
    UpdatedBy: associateName(database, numberOf(row.updated_associate_id)),
    CreatedBy: associateName(database, numberOf(row.registered_associate_id)),
    TableName: tableNameOf(numberOf(row.table_id)),
    TableRight: null,
    FieldProperties: {},
  };
}
