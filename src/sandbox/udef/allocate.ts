import type { Database, UdefField, UdefOwner } from '../store/database.ts';
import { placeOf, udefStorage } from './storage.ts';

type FieldType = UdefField['type'];

interface ColumnGroup {
  readonly prefix: 'string' | 'long' | 'double';
  readonly first: number;
  readonly last: number;
}

const shortTexts: ColumnGroup = { prefix: 'string', first: 1, last: 40 };
const longTexts: ColumnGroup = { prefix: 'string', first: 41, last: 49 };
const integers: ColumnGroup = { prefix: 'long', first: 1, last: 60 };
const decimals: ColumnGroup = { prefix: 'double', first: 1, last: 10 };

/** Types that share columns, and how many there are (reading.md, section 14.2). */
const groups: Readonly<Record<FieldType, ColumnGroup>> = {
  ShortText: shortTexts,
  UnlimitedDate: shortTexts,
  LongText: longTexts,
  Number: integers,
  Date: integers,
  Checkbox: integers,
  List: integers,
  Decimal: decimals,
};

/** Every type as the API spells it. */
export const udefTypes = [
  'Number',
  'ShortText',
  'LongText',
  'Date',
  'UnlimitedDate',
  'Checkbox',
  'List',
  'Decimal',
] as const satisfies readonly FieldType[];

/** The four first columns of a group were the indexed ones before 10.3.1; plain fields start behind them. */
const firstPlainOffset = 4;

/** Most characters the type's column holds; 0 for types without text. */
export function textLimit(type: FieldType): number {
  if (type === 'ShortText') return 39;
  return type === 'LongText' ? 199 : 0;
}

export function isSameGroup(a: FieldType, b: FieldType): boolean {
  return groups[a] === groups[b];
}

/** True when `fields` leave a column for one more of this type. */
export function hasRoom(type: FieldType, fields: readonly UdefField[]): boolean {
  const group = groups[type];
  return fields.filter(field => groups[field.type] === group).length <= group.last - group.first;
}

/** A column that none of `taken` uses: `string05`, `long01`, `double05`, `string45`. Throws when the group is full. */
export function allocateColumn(type: FieldType, isIndexed: boolean, taken: readonly UdefField[]): string {
  const group = groups[type];
  const used = new Set(taken.filter(field => groups[field.type] === group).map(field => field.column));
  const size = group.last - group.first + 1;
  const start = isIndexed ? 0 : firstPlainOffset;
  for (let step = 0; step < size; step++) {
    const number = group.first + ((start + step) % size);
    const column = `${group.prefix}${String(number).padStart(2, '0')}`;
    if (!used.has(column)) return column;
  }
  throw new Error(`no free column for a ${type} field`);
}

/** Puts the index of an indexed field on its column; owners without tables have nothing to index. */
export function indexColumn(database: Database, owner: UdefOwner, field: UdefField): void {
  const { table } = placeOf(owner, field);
  database.tables.get(table)?.index(field.column);
}

/** `cs05`, `cl01`, `cf05`; null before the field has a column (reading.md, section 14.3). */
export function templateVariable(owner: UdefOwner, field: UdefField): string | null {
  if (field.column === '') return null;
  const kind = { s: 's', l: 'l', d: 'f' }[field.column.charAt(0)] ?? 's';
  return `${udefStorage[owner].letter}${kind}${field.column.slice(-2)}`;
}
