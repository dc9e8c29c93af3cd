import type { Datatype } from './datatype.ts';
import type { Field, FieldKind, UdefType } from './field.ts';

/** What the config says about the names of fields in SuperOffice. */
export interface FieldNames {
  /** In front of a more-page column, to make its Prog ID. */
  readonly progIdPrefix: string;
  /** Extra fields (`x_…`) that hold the user keys of requests and messages; null: the keys are foreign keys. */
  readonly keyFields: Readonly<Record<'Ticket' | 'Message', string | null>>;
  /** What foreign keys belong to: the customer's IntegrationID, so that two customers' keys never mix. */
  readonly device: string;
}

/** When the config says nothing (integration-cloud.md, sections 3.2 and 3.9). */
export const defaultFieldNames: FieldNames = {
  progIdPrefix: 'Siteshop:',
  keyFields: { Ticket: null, Message: null },
  device: 'sic',
};

/** Longest user key: a short text of SuperOffice holds no more (integration-cloud.md, section 3.1). */
export const longestKey = 39;

/** What has to be known of a published user-defined field, or of an extra field. Definitions of the client fit. */
export interface UdefShape {
  readonly type: UdefType;
  readonly label: string;
  /** Characters; 0 for types that are not text. */
  readonly length: number;
  /** Name of the list of a list field; null for other types. */
  readonly list: string | null;
}

/** Published fields of one entity by Prog ID, extra fields by their name; null when SuperOffice is not asked. */
export type UdefLayout = ReadonlyMap<string, UdefShape> | null;

export interface UdefFields {
  /** One field per column that was found, in the order of `columns`. */
  readonly fields: readonly Field[];
  readonly problems: readonly UdefProblem[];
}

/** A more-page column that cannot be used as it is. */
export interface UdefProblem {
  readonly column: string;
  readonly progId: string;
  /** `missing`: no such field is published. `not-a-key`: the user key's field is not a text. */
  readonly code: 'missing' | 'not-a-key';
  /** A name that differs in letter case only, when there is one. */
  readonly nearest: string | null;
}

/** True for `CompUserText01` on Company, `x_text01` on Ticket; a parent's key in a file of its children is not of that datatype. */
export function isCustomColumn(datatype: Datatype, column: string): boolean {
  return new RegExp(customPattern(datatype)).test(column);
}

/** What the columns of a datatype beyond the catalogue look like: the source of a regular expression. */
export function customPattern({ custom }: Datatype): string {
  return custom.kind === 'udef' ? `^${custom.prefix}User[A-Z][A-Za-z]*\\d{2}$` : '^x_[A-Za-z0-9_]+$';
}

/**
 * Fields for the more-page columns among `columns`; other columns are passed over. The field's type comes from the
 * layout, not from the column's name; only without a layout the word in the name is believed.
 */
export function udefFields(
  datatype: Datatype,
  columns: Iterable<string>,
  layout: UdefLayout,
  names: FieldNames,
): UdefFields {
  const fields: Field[] = [];
  const problems: UdefProblem[] = [];
  for (const column of columns) {
    const isKey = column === datatype.keyField;
    const progId = isKey ? keyName(datatype, names) : customName(datatype, column, names);
    if (progId === null) {
      if (isKey) fields.push(keyField(datatype, names));
      continue;
    }
    const shape = layout === null ? shapeByName(column) : layout.get(progId);
    if (!shape) {
      problems.push({ column, progId, code: 'missing', nearest: sameButCase(progId, layout) });
    } else if (isKey && !isText(shape.type)) {
      problems.push({ column, progId, code: 'not-a-key', nearest: null });
    } else {
      fields.push(isKey ? keyIn(datatype, progId, shape) : customField(datatype, column, progId, shape));
    }
  }
  return { fields, problems };
}

/** The name SuperOffice has for a column beyond the catalogue; null for one that is none. */
function customName(datatype: Datatype, column: string, names: FieldNames): string | null {
  if (!isCustomColumn(datatype, column)) return null;
  return datatype.custom.kind === 'udef' ? `${names.progIdPrefix}${column}` : column;
}

/** The field that holds the user key: a Prog ID or the name of an extra field; null: the keys are foreign keys. */
export function keyName(datatype: Datatype, names: FieldNames): string | null {
  if (datatype.custom.kind === 'udef') return `${names.progIdPrefix}${datatype.keyField}`;
  return names.keyFields[datatype.custom.keyTable === 'ticket' ? 'Ticket' : 'Message'];
}

/** The datatype's own user key, as it should be set up: short text of 39 characters. */
export function keyField(datatype: Datatype, names: FieldNames): Field {
  const progId = keyName(datatype, names);
  if (progId !== null) return keyIn(datatype, progId, shapeByName(datatype.keyField));
  const { custom } = datatype;
  if (custom.kind !== 'extra') throw new Error(`${datatype.name} has nowhere to keep its key`);
  return { ...keyBase(datatype, longestKey), slot: { at: 'foreignKey', table: custom.keyTable } };
}

function keyIn(datatype: Datatype, progId: string, shape: UdefShape): Field {
  const length = shape.length > 0 ? Math.min(shape.length, longestKey) : longestKey;
  return { ...keyBase(datatype, length), slot: customSlot(datatype, progId, shape) };
}

function keyBase({ name, keyField: column }: Datatype, length: number): Omit<Field, 'slot'> {
  const meaning = `User key: your own unique id of the ${name.toLowerCase()}. Never blank, never changed.`;
  return { name: column, kind: 'key', length, needed: true, meaning };
}

function customSlot({ archive }: Datatype, progId: string, shape: UdefShape): Field['slot'] {
  return { at: 'custom', progId, udefType: shape.type, column: `${archive.customPrefix}${progId}` };
}

function customField(datatype: Datatype, column: string, progId: string, shape: UdefShape): Field {
  const what = datatype.custom.kind === 'udef' ? 'More-page field' : 'Extra field';
  return {
    name: column,
    kind: kindOf(shape.type),
    ...(isText(shape.type) && shape.length > 0 ? { length: shape.length } : {}),
    ...(shape.list === null ? {} : { list: shape.list, missing: isAddable(shape.list) ? 'add' : 'reject' }),
    meaning: shape.label === '' ? `${what} ${progId}.` : `${what} "${shape.label}" (${progId}).`,
    slot: customSlot(datatype, progId, shape),
  };
}

function kindOf(type: UdefType): FieldKind {
  switch (type) {
    case 'Number':
      return 'integer';
    case 'Decimal':
      return 'decimal';
    case 'Checkbox':
      return 'boolean';
    case 'Date':
    case 'UnlimitedDate':
      return 'date';
    case 'DateTime':
      return 'datetime';
    case 'List':
      return 'list';
    case 'ShortText':
    case 'LongText':
      return 'text';
  }
}

function isText(type: UdefType): boolean {
  return type === 'ShortText' || type === 'LongText';
}

/** Without a layout: a date may be any day, since only SuperOffice knows whether the field has the short range. */
const shapesByKindWord: ReadonlyMap<string, UdefShape> = new Map<string, UdefShape>([
  ['Key', { type: 'ShortText', label: '', length: longestKey, list: null }],
  ['Num', { type: 'Number', label: '', length: 0, list: null }],
  ['Dec', { type: 'Decimal', label: '', length: 0, list: null }],
  ['Check', { type: 'Checkbox', label: '', length: 0, list: null }],
  ['Date', { type: 'UnlimitedDate', label: '', length: 0, list: null }],
]);

/** 199 characters is the most that any user-defined text holds. */
const anyText: UdefShape = { type: 'LongText', label: '', length: 199, list: null };

function shapeByName(column: string): UdefShape {
  const word = /User([A-Za-z]+)\d{2}$/.exec(column)?.[1] ?? '';
  return shapesByKindWord.get(word) ?? anyText;
}

function sameButCase(progId: string, layout: UdefLayout): string | null {
  const wanted = progId.toLowerCase();
  for (const known of layout?.keys() ?? []) if (known.toLowerCase() === wanted) return known;
  return null;
}

/** Built-in lists that an import may add to, lower case (integration-cloud.md, section 4.4). */
const addableLists: ReadonlySet<string> = new Set([
  'business',
  'category',
  'position',
  'mrmrs',
  'source',
  'competitor',
  'credited',
  'reason',
  'reasonsold',
  'reasonstalled',
  'priority',
  'contint',
  'persint',
]);

/** User-defined lists (`udlist12`) may always be added to. */
function isAddable(list: string): boolean {
  const name = list.toLowerCase();
  return name.startsWith('udlist') || addableLists.has(name);
}
