import type { Datatype } from './datatype.ts';
import type { Field, FieldKind, UdefType } from './field.ts';

/** Prefix of Prog IDs when the config says nothing (integration-cloud.md, section 3.2). */
export const defaultProgIdPrefix = 'Siteshop:';

/** Longest user key: a short text of SuperOffice holds no more (integration-cloud.md, section 3.1). */
export const longestKey = 39;

/** What has to be known of a published user-defined field. Definitions of the client fit. */
export interface UdefShape {
  readonly type: UdefType;
  readonly label: string;
  /** Characters; 0 for types that are not text. */
  readonly length: number;
  /** Name of the list of a list field; null for other types. */
  readonly list: string | null;
}

/** Published user-defined fields of one entity by Prog ID; null when SuperOffice is not asked. */
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
  /** `missing`: no such Prog ID is published. `not-a-key`: the user key's field is not a text. */
  readonly code: 'missing' | 'not-a-key';
  /** A Prog ID that differs in letter case only, when there is one. */
  readonly nearest: string | null;
}

/** True for `CompUserText01` on Company; a parent's key (`CompUserKey01` in a Person file) is not of this datatype. */
export function isUdefColumn(datatype: Datatype, column: string): boolean {
  return new RegExp(`^${datatype.udefPrefix}User[A-Z][A-Za-z]*\\d{2}$`).test(column);
}

/**
 * Fields for the more-page columns among `columns`; other columns are passed over. The field's type comes from the
 * layout, not from the column's name; only without a layout the word in the name is believed.
 */
export function udefFields(
  datatype: Datatype,
  columns: Iterable<string>,
  layout: UdefLayout,
  progIdPrefix: string,
): UdefFields {
  const fields: Field[] = [];
  const problems: UdefProblem[] = [];
  for (const column of columns) {
    if (!isUdefColumn(datatype, column)) continue;
    const progId = `${progIdPrefix}${column}`;
    const shape = layout === null ? shapeByName(column) : layout.get(progId);
    if (!shape) {
      problems.push({ column, progId, code: 'missing', nearest: sameButCase(progId, layout) });
    } else if (column === datatype.keyField && !isText(shape.type)) {
      problems.push({ column, progId, code: 'not-a-key', nearest: null });
    } else {
      fields.push(udefField(datatype, column, progId, shape));
    }
  }
  return { fields, problems };
}

/** The datatype's own user key, as it should be set up: short text of 39 characters. */
export function keyField(datatype: Datatype, progIdPrefix: string): Field {
  const progId = `${progIdPrefix}${datatype.keyField}`;
  return udefField(datatype, datatype.keyField, progId, shapeByName(datatype.keyField));
}

function udefField(datatype: Datatype, column: string, progId: string, shape: UdefShape): Field {
  const slot = {
    at: 'custom',
    progId,
    udefType: shape.type,
    column: `${datatype.archive.udefPrefix}${progId}`,
  } as const;
  if (column === datatype.keyField) {
    const length = shape.length > 0 ? Math.min(shape.length, longestKey) : longestKey;
    const meaning = `User key: your own unique id of the ${datatype.name.toLowerCase()}. Never blank, never changed.`;
    return { name: column, kind: 'key', length, needed: true, meaning, slot };
  }
  return {
    name: column,
    kind: kindOf(shape.type),
    ...(isText(shape.type) && shape.length > 0 ? { length: shape.length } : {}),
    ...(shape.list === null ? {} : { list: shape.list, missing: isAddable(shape.list) ? 'add' : 'reject' }),
    meaning:
      shape.label === '' ? `More-page field ${progId}.` : `More-page field "${shape.label}" (${progId}).`,
    slot,
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
