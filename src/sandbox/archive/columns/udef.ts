import type { UdefField, UdefOwner } from '../../store/database.ts';
import type { DbValue } from '../../store/table.ts';
import { ownersWith, progIdOf, publishedField, udefValue } from '../../udef/columns.ts';
import type { Column, RestrictionType } from '../column.ts';
import { isoOf } from '../dates.ts';
import { computed, listText } from './build.ts';
import type { ColumnGroup } from './group.ts';

/** How each field type restricts and is answered (reading.md, section 9). */
const kinds: Readonly<Record<UdefField['type'], readonly [Column['kind'], RestrictionType]>> = {
  ShortText: ['string', 'string'],
  LongText: ['string', 'string'],
  Number: ['integer', 'int'],
  Decimal: ['decimal', 'decimal'],
  Checkbox: ['bool', 'bool'],
  Date: ['date', 'date'],
  UnlimitedDate: ['date', 'unlimitedDate'],
  List: ['list', 'listAny'],
};

/** User-defined list items live in one table (reading.md, section 14.1: `ListTableId` 136). */
const userDefinedListTable = 136;

/** Tables of the built-in lists that a field may use, by table number (reading.md, section 12.6). */
const builtInLists: Readonly<Record<number, string>> = {
  19: 'country',
  61: 'business',
  64: 'category',
  67: 'task',
  70: 'contint',
  73: 'persint',
  76: 'perspos',
  79: 'priority',
  82: 'prob',
  85: 'projtype',
  88: 'projstatus',
  91: 'pmembtype',
  94: 'mrmrs',
  97: 'credited',
  100: 'source',
  103: 'reason',
  109: 'comptr',
  112: 'currency',
  115: 'reasonsold',
  130: 'doctmpl',
  136: 'udlist',
  149: 'saletype',
  154: 'reasonstalled',
  219: 'salutation',
};

/** The published user-defined fields of an entity by Prog ID: what stands behind `contactUdef/`. */
export function udefGroup(owner: UdefOwner): ColumnGroup {
  return {
    find: (progId, database) => {
      const field = publishedField(database, owner, progId);
      return field && udefColumn(owner, field);
    },
    all: database => database.layout(owner).published.map(field => udefColumn(owner, field)),
  };
}

function udefColumn(owner: UdefOwner, field: UdefField): Column {
  const [kind, restriction] = kinds[field.type];
  const table = builtInLists[field.listTableId] ?? '';
  const isUserDefined = field.listTableId === userDefinedListTable;
  return {
    ...computed(progIdOf(field), kind, restriction, (row, { database }) =>
      cellOf(field, udefValue(database, owner, row, field)),
    ),
    label: field.label,
    owners: (value, source) => ownersWith(source.database, owner, field, value),
    ...(kind === 'list'
      ? {
          listName: isUserDefined ? `udlist${field.udListDefinitionId}` : table,
          display: (cell, source) => listText(table, cell, source),
        }
      : {}),
  };
}

function cellOf(field: UdefField, value: DbValue): string | number | boolean | null {
  if (field.type === 'Checkbox') return Boolean(value);
  if (field.type === 'Date' || field.type === 'UnlimitedDate') return isoOf(value);
  return value;
}
