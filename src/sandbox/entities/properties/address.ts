import { isObject, pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import type { Draft } from '../draft.ts';
import type { AddressField } from '../open-points.ts';
import type { EntityRecord, Property } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { numberOf, shown, textOf } from '../values.ts';
import { type Block, localizedAddress, localizedChanges } from './localized-address.ts';
import { checkedText } from './scalar.ts';

/** Column and length of each part (writing.md, section 7.2). */
export const addressColumns: Readonly<Record<AddressField, readonly [column: string, length: number]>> = {
  Address1: ['address1', 79],
  Address2: ['address2', 79],
  Address3: ['address3', 79],
  City: ['city', 79],
  County: ['county', 29],
  State: ['state', 5],
  Zipcode: ['zipcode', 11],
};

const fields = Object.keys(addressColumns).filter((name): name is AddressField => name in addressColumns);

/** A company has two addresses. */
export const contactBlocks: readonly Block[] = [
  { property: 'Street', type: 2, typeName: 'ContactStreetAddress', prefix: 'Street' },
  { property: 'Postal', type: 1, typeName: 'ContactPostalAddress', prefix: 'Postal' },
];

/** A person has one, in `Street`; `Postal` is null (writing.md, section 2). */
export const personBlocks: readonly Block[] = [
  { property: 'Street', type: 16387, typeName: 'PersonPrivateAddress', prefix: '' },
];

/**
 * A block that is sent replaces the kept one whole; one that is absent or null is left alone. A changed
 * `LocalizedAddress` wins over the blocks.
 */
export function address(blocks: readonly Block[]): Property {
  return {
    name: 'Address',
    field: { type: '', length: 0 },
    read: record => addressCarrier(record, blocks),
    write: (draft, value) => {
      if (value === null || (draft.before === null && takesNone(draft))) return;
      if (!isObject(value)) draft.reject('Address', `${shown(value)} is not an address`);
      else for (const block of blocks) writeBlock(draft, block, value);
    },
  };
}

/** An address in a new record may be passed over (quirks.ts). */
function takesNone({ writing }: Draft): boolean {
  return writing.database.quirks['post-takes-address'] === 'no';
}

function writeBlock(draft: Draft, block: Block, value: Readonly<Record<string, unknown>>): void {
  const { database } = draft.writing;
  const ownerId = draft.before === null ? 0 : numberOf(draft.before[ownerKey(block)]);
  const kept = readBlock(addressRow(database, ownerId, block.type));
  const localized = localizedChanges(pick(value, 'LocalizedAddress'), block, kept);
  const sent = pick(value, block.property);
  if (localized === undefined && (sent === undefined || sent === null)) return;
  if (localized === undefined && !isObject(sent)) {
    draft.reject(`Address.${block.property}`, `${shown(sent)} is not an address`);
    return;
  }
  const columns: DbRow = {};
  for (const field of fields) {
    const [column, length] = addressColumns[field];
    const given = localized === undefined ? (pick(sent, field) ?? '') : { ...kept, ...localized }[field];
    const text = checkedText(draft, `Address.${block.property}.${field}`, given, length);
    if (text === undefined) return;
    columns[column] = text;
  }
  draft.parts.set(`Address.${block.property}`, id => replaceBlock(database, id, block.type, columns));
}

function ownerKey(block: Block): string {
  return isPersonType(block.type) ? 'person_id' : 'contact_id';
}

/** Companies and persons share owner ids; this bit tells their rows apart (writing.md, section 7.2). */
function isPersonType(type: number): boolean {
  return (type & 16384) !== 0;
}

function replaceBlock(database: Database, ownerId: number, type: number, columns: DbRow): boolean {
  const table = database.table('address');
  const row = addressRow(database, ownerId, type);
  if (row) {
    const differing = Object.entries(columns).filter(([column, text]) => textOf(row[column]) !== text);
    return table.update(numberOf(row.address_id), Object.fromEntries(differing));
  }
  if (Object.values(columns).every(text => text === '')) return false;
  table.insert({ owner_id: ownerId, atype_idx: type, ...columns });
  return true;
}

function addressRow(database: Database, ownerId: number, type: number): DbRow | undefined {
  return rowsWith(database.table('address'), 'owner_id', ownerId).find(row => row.atype_idx === type);
}

type BlockTexts = Readonly<Record<AddressField, string>>;

function readBlock(row: DbRow | undefined): BlockTexts {
  return {
    Address1: textOf(row?.address1),
    Address2: textOf(row?.address2),
    Address3: textOf(row?.address3),
    City: textOf(row?.city),
    County: textOf(row?.county),
    State: textOf(row?.state),
    Zipcode: textOf(row?.zipcode),
  };
}

/** The `Address` carrier; also inside the flat company. */
export function addressCarrier(record: EntityRecord, blocks: readonly Block[]): Record<string, unknown> {
  const { database } = record.reading;
  const read = blocks.map(block => {
    const texts = readBlock(addressRow(database, record.id, block.type));
    return { block, texts, formatted: formatted(texts) };
  });
  const structured = (property: Block['property']): unknown => {
    const found = read.find(({ block }) => block.property === property);
    return found ? { AtypeIdx: found.block.typeName, ...found.texts, Formatted: found.formatted } : null;
  };
  return {
    Wgs84Latitude: 0,
    Wgs84Longitude: 0,
    LocalizedAddress: read.flatMap(({ block, texts }) => localizedAddress(block, texts)),
    Street: structured('Street'),
    Postal: structured('Postal'),
    Formatted: read.map(part => part.formatted).join(''),
    TableRight: null,
    FieldProperties: {},
  };
}

/** One part a line, postal code and city together, as in the fixtures of the official client. */
function formatted(texts: BlockTexts): string {
  const place = [texts.Zipcode, texts.City].filter(part => part !== '').join(' ');
  const region = [texts.County, texts.State].filter(part => part !== '').join(' ');
  const lines = [texts.Address1, texts.Address2, texts.Address3, place, region];
  return lines
    .filter(line => line !== '')
    .map(line => `${line}\n`)
    .join('');
}

/** The street's city, else the postal one; '' without either. */
export function cityOf(database: Database, contactId: number): string {
  const cities = contactBlocks.map(block => textOf(addressRow(database, contactId, block.type)?.city));
  return cities.find(city => city !== '') ?? '';
}
