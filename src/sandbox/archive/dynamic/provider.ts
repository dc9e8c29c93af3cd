import { translate } from '../../lists/text.ts';
import type { Cell, Column, RestrictionType } from '../column.ts';
import { computed } from '../columns/build.ts';
import { numberIn } from '../columns/names.ts';
import { isoOf } from '../dates.ts';
import { candidatesOf, lowerBound } from '../filter/candidates.ts';
import { idsInOrder, placeAfter } from '../id-order.ts';
import type { Archive, Provider } from '../provider.ts';
import { badRequest } from '../refusal.ts';
import type { Source } from '../source.ts';
import { virtualColumn } from '../virtual.ts';
import { expand, type JoinNode, keyField, nodeOf, rootNode, startIds } from './join-tree.ts';
import { type DynamicPath, parsePath } from './path.ts';
import { type DatabaseColumn, databaseColumn, knownColumns } from './schema.ts';
import { serviceRecords } from './service-schema.ts';

/** Filters follow the database column. */
const restrictions: Partial<Record<Column['kind'], RestrictionType>> = {
  integer: 'int',
  decimal: 'decimal',
  string: 'string',
  datetime: 'date',
};

/** Dot syntax, close to SQL (reading.md, section 10.3). All columns of a query start at one table. */
export const dynamic: Provider = { name: 'dynamic', entities: [], open };

function open(names: readonly string[], source: Source): Archive {
  const paths = [...new Set(names)]
    .filter(name => virtualColumn(name) === undefined)
    .map(text => ({ text, path: parsePath(text) }));
  const [first] = paths;
  if (first === undefined)
    throw badRequest('The dynamic provider needs $select: table.field, comma separated.');
  const root = rootNode(first.path.table, source);
  const columns = new Map<string, Column>();
  for (const { text, path } of paths) {
    if (path.table !== root.tableName)
      throw badRequest(`'${text}' does not start at table '${root.tableName}', as '${first.text}' does.`);
    columns.set(text, mentionedColumn(root, path, text, source));
  }
  const { table } = root;
  const key = [...columns.values()].find(column => isKeyOf(column, root)) ?? hiddenKey(table.primaryKey);
  return {
    find: name => columns.get(name),
    columns: () =>
      knownColumns(root.tableName).map(column =>
        databaseField(`${root.tableName}.${column.name}`, root.tableName, column, source),
      ),
    defaults: [],
    key,
    primaryKey: row => numberIn(row, keyField),
    entityName: () => root.tableName,
    linkHint: () => '',
    *rows(filter, _, columnOf) {
      const candidates = filter && candidatesOf(filter, columnOf, source);
      const ids = candidates ? [...candidates].sort((a, b) => a - b) : idsInOrder(table);
      for (let place = placeAfter(ids, lowerBound(filter, columnOf, key)); place < ids.length; place++) {
        const row = table.get(ids[place] ?? 0);
        if (row) yield* expand(root, row);
      }
    },
  };
}

function mentionedColumn(root: JoinNode, path: DynamicPath, text: string, source: Source): Column {
  const node = nodeOf(root, path, text, source);
  const stored = databaseColumn(source.database, node.tableName, path.field);
  if (stored === undefined)
    throw badRequest(`Column '${text}' does not exist: table '${node.tableName}' has no '${path.field}'.`);
  node.fields.set(text, stored.name);
  const column = databaseField(text, node.tableName, stored, source);
  return {
    ...column,
    owners: value => {
      const ids = node.table.findIfIndexed(stored.name, value);
      return ids && startIds(node, ids);
    },
  };
}

function databaseField(
  name: string,
  table: string,
  { name: stored, kind }: DatabaseColumn,
  source: Source,
): Column {
  const read = (value: string | number | null): Cell => {
    if (kind === 'datetime') return isoOf(value);
    return isListText(table, stored) && typeof value === 'string' ? translate(value, source.language) : value;
  };
  return computed(name, kind, restrictions[kind] ?? 'string', row => read(row[name] ?? null));
}

const untranslated: ReadonlySet<string> = new Set([
  'contact',
  'person',
  'project',
  'associate',
  'document',
  ...serviceRecords,
]);

/** Names and tooltips of lists are texts in several languages; those of records are not. */
function isListText(table: string, column: string): boolean {
  return (column === 'name' || column === 'tooltip') && !untranslated.has(table);
}

function isKeyOf(column: Column, root: JoinNode): boolean {
  return column.name.toLowerCase() === `${root.tableName}.${root.table.primaryKey}`;
}

function hiddenKey(name: string): Column {
  return computed(name, 'integer', 'int', row => numberIn(row, keyField));
}
