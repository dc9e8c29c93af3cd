import type { Datatype } from '../datatypes/datatype.ts';
import type { Field, Slot } from '../datatypes/field.ts';
import type { ArchiveCell, ArchiveRow } from '../superoffice/archive.ts';
import { and, isOneOfNumbers } from '../superoffice/filter.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { idFilters, idsPerRequest } from './id-filters.ts';

/** One element of an array such as Phones, in rank order. */
export interface Element {
  readonly value: string;
  readonly description: string;
}

/** Where an element stands in its table. */
export interface ElementRow {
  /** Its primary key. */
  readonly id: number;
  readonly rank: number;
}

/** Everything that is known of an existing record: raw material for comparing and for rebuilding arrays and blocks. */
export interface Existing {
  readonly id: number;
  readonly key: string;
  /** The row of the datatype's archive. */
  readonly archive: ArchiveRow;
  /** Values of `dynamic` slots by path. */
  readonly dynamic: Map<string, ArchiveCell>;
  /** Elements by `table:type`, rank order. */
  readonly elements: Map<string, Element[]>;
  /** The rows of these, in the same order. */
  readonly elementRows: Map<string, ElementRow[]>;
  readonly interests: number[];
  /** User keys of present parents by archive column; only where a row wants another parent. */
  readonly parentKeys: Map<string, string>;
}

/** A record of which only the archive's row is known yet. @param key its user key, as far as it is known */
export function recordOf(row: ArchiveRow, key: string): Existing {
  return {
    id: row.primaryKey,
    key,
    archive: row,
    dynamic: new Map(),
    elements: new Map(),
    elementRows: new Map(),
    interests: [],
    parentKeys: new Map(),
  };
}

/** The array that an element belongs to. */
export function elementsKey(slot: Extract<Slot, { at: 'element' }>): string {
  const known = elementsKeys.get(slot);
  if (known !== undefined) return known;
  const key = `${slot.table}:${slot.type}`;
  elementsKeys.set(slot, key);
  return key;
}

/** Asked for several times per cell. */
const elementsKeys = new WeakMap<Slot, string>();

export const addressColumns = {
  Address1: 'line1',
  Address2: 'line2',
  Address3: 'line3',
  Zipcode: 'zip',
  City: 'city',
  County: 'county',
  State: 'state',
} as const;
export type AddressPart = keyof typeof addressColumns;

/** The archive column of another part of the same address block. */
export function addressColumn(slot: Extract<Slot, { at: 'address' }>, part: AddressPart): string {
  return `${slot.column.slice(0, slot.column.lastIndexOf('/') + 1)}${addressColumns[part]}`;
}

/** The archive columns that hold the current values of these fields; address blocks whole, because they are written whole. */
export function archiveColumns(fields: readonly Field[]): string[] {
  const columns = new Set<string>();
  for (const { slot } of fields) {
    if (slot.at === 'address')
      for (const part of Object.keys(addressColumns) as AddressPart[]) columns.add(addressColumn(slot, part));
    else if ('column' in slot && slot.column !== undefined) columns.add(slot.column);
  }
  return [...columns];
}

/** What is asked of a table of the database about records. */
export interface TableQuery {
  readonly columns: readonly string[];
  /** The table's own key. */
  readonly orderBy: string;
  /** The column with the record's id; one of `columns`. */
  readonly owner: string;
  /** What else rows must pass; '': nothing. */
  readonly restriction: string;
}

/** Answers with the rows of these records; there may be some of others. */
export type ReadTable = (query: TableQuery, ids: readonly number[]) => Promise<readonly ArchiveRow[]>;

/** Asks for the rows of each lot of records by itself. */
export function tablesByIds(superoffice: SuperOffice): ReadTable {
  return async (query, ids) => {
    const filters = idFilters(query.owner, ids, idsPerRequest(superoffice));
    return (await Promise.all(filters.map(filter => tableRows(superoffice, query, filter)))).flat();
  };
}

export function tableRows(
  superoffice: SuperOffice,
  { columns, orderBy, restriction }: TableQuery,
  filter: string,
): Promise<ArchiveRow[]> {
  return superoffice.archive({
    fresh: true,
    provider: 'dynamic',
    columns,
    filter: and(filter, restriction),
    orderBy,
  });
}

/** Fills what the archive cannot tell: notes, arrays of phones, e-mails and addresses, interests. One request a table. */
export async function readBeyondArchive(
  superoffice: SuperOffice,
  datatype: Datatype,
  fields: readonly Field[],
  records: ReadonlyMap<number, Existing>,
  readTable = tablesByIds(superoffice),
): Promise<void> {
  if (records.size === 0) return;
  try {
    await readTables(readTable, datatype, fields, records);
  } catch (error) {
    if (!superoffice.wideLists?.refused(error)) throw error;
    for (const { elements, elementRows, interests } of records.values()) {
      elements.clear();
      elementRows.clear();
      interests.length = 0;
    }
    await readTables(readTable, datatype, fields, records);
  }
}

async function readTables(
  readTable: ReadTable,
  datatype: Datatype,
  fields: readonly Field[],
  records: ReadonlyMap<number, Existing>,
): Promise<void> {
  const ids = [...records.keys()];
  const slots = fields.map(field => field.slot);
  const wanted: Promise<void>[] = [];
  const paths = slots.flatMap(slot => (slot.at === 'dynamic' ? [slot.path] : []));
  if (paths.length > 0) wanted.push(readPaths(readTable, [...new Set(paths)], ids, records));
  for (const table of ['phone', 'email', 'url'] as const) {
    const types = slots.flatMap(slot => (slot.at === 'element' && slot.table === table ? [slot.type] : []));
    if (types.length > 0)
      wanted.push(readElements(readTable, datatype, table, [...new Set(types)], ids, records));
  }
  const interests = slots.find(slot => slot.at === 'interests');
  if (interests?.at === 'interests') wanted.push(readInterests(readTable, interests.table, ids, records));
  // All of them to their end: what is read anew after a refusal must not meet what was under way.
  const failed = (await Promise.allSettled(wanted)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function readPaths(
  readTable: ReadTable,
  paths: readonly string[],
  ids: readonly number[],
  records: ReadonlyMap<number, Existing>,
): Promise<void> {
  const table = String(paths[0]).split('.')[0];
  const id = `${table}.${table}_id`;
  const rows = await readTable({ columns: [id, ...paths], orderBy: id, owner: id, restriction: '' }, ids);
  for (const row of rows) {
    const record = records.get(row.primaryKey);
    for (const path of paths) {
      const cell = row.cells.get(path);
      if (cell) record?.dynamic.set(path, cell);
    }
  }
}

/** Column names of the element tables (writing.md, section 7.2). url has no type. */
const elementTables = {
  phone: { type: 'ptype_idx', value: 'phone' },
  email: { type: 'type', value: 'email_address' },
  url: { type: 'type', value: 'url_address' },
} as const;

/** Columns of an element table as the `dynamic` provider names them. */
export function elementTable(datatype: Datatype, table: 'phone' | 'email' | 'url') {
  const names = elementTables[table];
  return {
    key: `${table}.${table}_id`,
    owner: table === 'phone' ? 'phone.owner_id' : `${table}.${datatype.entity.toLowerCase()}_id`,
    type: `${table}.${names.type}`,
    value: `${table}.${names.value}`,
  };
}

async function readElements(
  readTable: ReadTable,
  datatype: Datatype,
  table: 'phone' | 'email' | 'url',
  types: readonly number[],
  ids: readonly number[],
  records: ReadonlyMap<number, Existing>,
): Promise<void> {
  const { key, owner, type, value } = elementTable(datatype, table);
  const person = table === 'phone' ? null : `${table}.person_id`;
  const rank = `${table}.rank`;
  const description = `${table}.description`;
  const columns = [...new Set([key, owner, rank, type, value, description, ...(person ? [person] : [])])];
  const restriction = isOneOfNumbers(type, types);
  const rows = await readTable({ columns, orderBy: key, owner, restriction }, ids);
  const ranked: { record: Existing; key: string; id: number; rank: number; element: Element }[] = [];
  for (const { primaryKey, cells } of rows) {
    const record = records.get(Number(cells.get(owner)?.raw));
    // Whether a person's addresses also carry the company's id is not documented: they are never the company's own.
    if (!record || (datatype.entity === 'Contact' && person && Number(cells.get(person)?.raw ?? 0) > 0))
      continue;
    ranked.push({
      record,
      key: `${table}:${Number(cells.get(type)?.raw ?? 0)}`,
      id: primaryKey,
      rank: Number(cells.get(rank)?.raw ?? 0),
      element: { value: cells.get(value)?.display ?? '', description: cells.get(description)?.display ?? '' },
    });
  }
  ranked.sort((a, b) => a.rank - b.rank);
  for (const { record, key, id, rank, element } of ranked) {
    const elements = record.elements.get(key) ?? [];
    record.elements.set(key, elements);
    elements.push(element);
    const places = record.elementRows.get(key) ?? [];
    record.elementRows.set(key, places);
    places.push({ id, rank });
  }
}

async function readInterests(
  readTable: ReadTable,
  table: 'contactinterest' | 'personinterest',
  ids: readonly number[],
  records: ReadonlyMap<number, Existing>,
): Promise<void> {
  const owner = `${table}.${table === 'contactinterest' ? 'contact_id' : 'person_id'}`;
  const interest = `${table}.${table === 'contactinterest' ? 'cinterest_idx' : 'pinterest_idx'}`;
  const key = `${table}.${table}_id`;
  const columns = [key, owner, interest];
  const rows = await readTable({ columns, orderBy: key, owner, restriction: '' }, ids);
  for (const { cells } of rows)
    records.get(Number(cells.get(owner)?.raw))?.interests.push(Number(cells.get(interest)?.raw));
}
