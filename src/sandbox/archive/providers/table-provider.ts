import type { DbRow } from '../../store/table.ts';
import type { ColumnGroup } from '../columns/group.ts';
import { numberIn } from '../columns/names.ts';
import { candidatesOf, lowerBound } from '../filter/candidates.ts';
import { idsInOrder, placeAfter } from '../id-order.ts';
import type { Archive, Provider, ProviderEntity } from '../provider.ts';
import type { Source } from '../source.ts';

export interface TableEntity extends ProviderEntity {
  holds(row: DbRow, source: Source): boolean;
}

/** A provider whose rows are those of one database table. A new one is one of these. */
export interface TableProvider {
  readonly name: string;
  readonly table: string;
  /** Column of the table's primary key. */
  readonly key: string;
  readonly entities: readonly TableEntity[];
  /** What `EntityName` says, where it is not the name of the entity that holds the row. */
  readonly entityName?: string;
  readonly columns: ColumnGroup;
  readonly defaults: readonly string[];
  /** Navigation target of a row: `contact` gives `nav=contact&contact_id=25`. */
  readonly link: string;
}

export function tableProvider(definition: TableProvider): Provider {
  const { name, entities } = definition;
  return { name, entities, open: (_, source) => open(definition, source) };
}

function open(definition: TableProvider, source: Source): Archive {
  const { columns, table: tableName, entities, link } = definition;
  const { database } = source;
  const table = database.table(tableName);
  const find = (name: string) => columns.find(name, database);
  const key = find(definition.key);
  if (key === undefined) throw new Error(`${definition.name} has no column ${definition.key}`);
  const primaryKey = (row: DbRow): number => numberIn(row, table.primaryKey);
  return {
    find,
    columns: () => columns.all(database),
    defaults: definition.defaults,
    key,
    primaryKey,
    entityName: row =>
      definition.entityName ?? entities.find(entity => entity.holds(row, source))?.name ?? '',
    linkHint: row => `nav=${link}&${table.primaryKey}=${primaryKey(row)}`,
    *rows(filter, wanted, columnOf) {
      const held = entities.filter(
        entity => wanted.length === 0 || wanted.includes(entity.name.toLowerCase()),
      );
      const candidates = filter && candidatesOf(filter, columnOf, source);
      const ids = candidates ? [...candidates].sort((a, b) => a - b) : idsInOrder(table);
      for (let place = placeAfter(ids, lowerBound(filter, columnOf, key)); place < ids.length; place++) {
        const row = table.get(ids[place] ?? 0);
        if (row && held.some(entity => entity.holds(row, source))) yield row;
      }
    },
  };
}

/** Soft-deleted rows are in no archive but the recycle ones. */
export function isKept(row: DbRow): boolean {
  return !row.deleted;
}
