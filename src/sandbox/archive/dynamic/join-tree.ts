import type { DbRow, Table } from '../../store/table.ts';
import { badRequest } from '../refusal.ts';
import type { Source } from '../source.ts';
import type { DynamicPath, Join } from './path.ts';
import { databaseColumn, foreignTable } from './schema.ts';
import { dynamicTable } from './tables.ts';

/** A table reached by a join, with what is read from it. */
export interface JoinNode {
  readonly table: Table;
  readonly tableName: string;
  readonly join: Join | null;
  /** The left column for outer and inner joins, the right one for right joins, as rows keep it. */
  readonly keyColumn: string;
  readonly parent: JoinNode | null;
  readonly children: Map<string, JoinNode>;
  /** Requested name → column as rows keep it. */
  readonly fields: Map<string, string>;
}

/** A row of the answer: the values of every mentioned column by its requested name, and the start table's key. */
export const keyField = '';

export function rootNode(tableName: string, source: Source): JoinNode {
  return node(tableName, null, '', null, source);
}

function node(
  tableName: string,
  join: Join | null,
  keyColumn: string,
  parent: JoinNode | null,
  source: Source,
): JoinNode {
  const table = dynamicTable(source.database, tableName);
  return { table, tableName, join, keyColumn, parent, children: new Map(), fields: new Map() };
}

/** The node of a path, made where it is new. Throws 400 for joins that the database does not have. */
export function nodeOf(root: JoinNode, path: DynamicPath, text: string, source: Source): JoinNode {
  let current = root;
  for (const join of path.joins) {
    const id = `${join.kind} ${join.table} ${join.column}`;
    let next = current.children.get(id);
    if (next === undefined) {
      const left = join.kind === 'right' ? join.table : current.tableName;
      const target = join.table || foreignTable(source.database, current.tableName, join.column);
      if (target === undefined)
        throw badRequest(`In '${text}' the column '${current.tableName}.${join.column}' points to no table.`);
      const key = databaseColumn(source.database, left, join.column);
      if (key === undefined) throw badRequest(`In '${text}' there is no column '${left}.${join.column}'.`);
      next = node(target, join, key.name, current, source);
      current.children.set(id, next);
    }
    current = next;
  }
  return current;
}

/** Rows of the tree below one start row; right joins multiply them. */
export function* expand(root: JoinNode, row: DbRow): Iterable<DbRow> {
  const start: DbRow = { [keyField]: row[root.table.primaryKey] ?? 0 };
  yield* combine(root, row, start);
}

function* combine(current: JoinNode, row: DbRow | undefined, before: DbRow): Iterable<DbRow> {
  const own = { ...before };
  for (const [name, column] of current.fields) own[name] = row?.[column] ?? null;
  let tuples: DbRow[] = [own];
  for (const child of current.children.values()) {
    const matches = matchesOf(child, row, current);
    tuples = tuples.flatMap(tuple => matches.flatMap(match => [...combine(child, match, tuple)]));
    if (tuples.length === 0) return;
  }
  yield* tuples;
}

/**
 * Joined rows; undefined stands for the empty side of an outer join. A right join keeps only start rows that something
 * points to; rows that point nowhere would have no primary key and are left out.
 */
function matchesOf(
  child: JoinNode,
  row: DbRow | undefined,
  parent: JoinNode,
): readonly (DbRow | undefined)[] {
  const { join, table, keyColumn } = child;
  if (join?.kind === 'right') {
    const id = row?.[parent.table.primaryKey];
    return typeof id === 'number' ? rowsWhere(table, keyColumn, id) : [];
  }
  const id = row?.[keyColumn];
  const match = typeof id === 'number' ? table.get(id) : undefined;
  return match === undefined && join?.kind === 'inner' ? [] : [match];
}

function rowsWhere(table: Table, column: string, id: number): DbRow[] {
  if (!table.isIndexed(column)) return [...table.rows.values()].filter(row => row[column] === id);
  return table
    .find(column, id)
    .map(found => table.get(found))
    .filter(row => row !== undefined);
}

/** Ids of the start table whose rows lead to the given ids of a node; null where no index knows the way back. */
export function startIds(current: JoinNode, ids: readonly number[]): readonly number[] | null {
  const { parent, join, keyColumn, table } = current;
  if (parent === null || join === null) return ids;
  if (join.kind === 'right') {
    const left = ids.flatMap(id => table.get(id)?.[keyColumn] ?? []).filter(id => typeof id === 'number');
    return startIds(parent, [...new Set(left)]);
  }
  if (!parent.table.isIndexed(keyColumn)) return null;
  return startIds(
    parent,
    ids.flatMap(id => parent.table.find(keyColumn, id)),
  );
}
