import type { DbRow, DbValue } from '../store/table.ts';
import { type CarrierField, carriers } from './carriers.ts';
import type { CarrierName } from './tables.ts';
import { translate } from './text.ts';

/** Every column of a new item with its first value. */
export function initialRow(carrier: CarrierName): DbRow {
  return Object.fromEntries(carriers[carrier].fields.map(field => [field.column, field.initial]));
}

/** The item as its carrier writes it; names in `language` (null: raw). */
export function itemJson(
  carrier: CarrierName,
  idProperty: string,
  id: number,
  row: DbRow,
  language: string | null,
): Record<string, unknown> {
  const { fields, constants } = carriers[carrier];
  const json: Record<string, unknown> = { [idProperty]: id };
  for (const field of fields)
    json[field.property] = propertyValue(field, row[field.column] ?? null, language);
  return { ...json, ...constants, TableRight: null, FieldProperties: {} };
}

function propertyValue({ kind, initial }: CarrierField, stored: DbValue, language: string | null): unknown {
  const value = stored ?? initial;
  switch (kind) {
    case 'translated':
      return translate(String(value), language);
    case 'flag':
      return value === 1;
    case 'number':
      return Number(value);
    case 'ids':
      return String(value)
        .split(',')
        .filter(id => id !== '')
        .map(Number);
    case 'text':
      return String(value);
  }
}

/** Columns that a body sets; property names in any case, what the carrier does not know is left alone. */
export function rowChanges(carrier: CarrierName, body: Readonly<Record<string, unknown>>): DbRow {
  const sent = new Map(Object.entries(body).map(([property, value]) => [property.toLowerCase(), value]));
  const changes: DbRow = {};
  for (const field of carriers[carrier].fields) {
    const value = sent.get(field.property.toLowerCase());
    if (value !== undefined && value !== null) changes[field.column] = columnValue(field, value);
  }
  return changes;
}

function columnValue({ kind }: CarrierField, value: unknown): DbValue {
  switch (kind) {
    case 'flag':
      return value === true || value === 1 || value === 'true' ? 1 : 0;
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : 0;
    case 'ids':
      return Array.isArray(value) ? value.join(',') : '';
    default:
      return String(value);
  }
}
