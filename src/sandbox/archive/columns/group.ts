import type { Database } from '../../store/context.ts';
import type { DbRow, DbValue } from '../../store/table.ts';
import type { Column } from '../column.ts';
import type { Source } from '../source.ts';

/**
 * Whether column names match without regard to case when no name matches exactly: samples mix case, the documents leave
 * it open (reading.md, section 8). Prog IDs always match exactly.
 */
const ignoresNameCase = true;

/** The columns that one kind of row offers. */
export interface ColumnGroup {
  find(name: string, database: Database): Column | undefined;
  all(database: Database): readonly Column[];
}

/** The way from a row to a related one. */
export interface Hop {
  to(row: DbRow, database: Database): DbRow | undefined;
  /** Ids of the rows that lead to the related ids, from an index; without it nothing is looked up through this way. */
  readonly from?: (ids: readonly number[], database: Database) => readonly number[];
}

/** Columns of a related row under a prefix: `personContact/name`. */
export interface Nested {
  readonly prefix: string;
  readonly hop: Hop;
  readonly group: ColumnGroup;
}

/** The row itself: for groups that only have a prefix. */
export const itself: Hop = { to: row => row, from: ids => ids };

export function columnGroup(columns: readonly Column[], nested: readonly Nested[] = []): ColumnGroup {
  const exact = new Map(columns.map(column => [column.name, column]));
  const folded = new Map(columns.map(column => [column.name.toLowerCase(), column]));
  return {
    find(name, database) {
      const own = exact.get(name) ?? (ignoresNameCase ? folded.get(name.toLowerCase()) : undefined);
      if (own !== undefined) return own;
      for (const part of nested) {
        if (!hasPrefix(name, part.prefix)) continue;
        const found = part.group.find(name.slice(part.prefix.length + 1), database);
        if (found !== undefined) return through(part, found);
      }
      return undefined;
    },
    all: database => [
      ...columns,
      ...nested.flatMap(part => part.group.all(database).map(column => through(part, column))),
    ],
  };
}

function hasPrefix(name: string, prefix: string): boolean {
  const start = name.slice(0, prefix.length + 1);
  return ignoresNameCase ? start.toLowerCase() === `${prefix.toLowerCase()}/` : start === `${prefix}/`;
}

function through({ prefix, hop }: Nested, column: Column): Column {
  return { ...ofRelated(hop, column), name: `${prefix}/${column.name}` };
}

/** The column of the row that the hop leads to, as a column of the row itself. */
export function ofRelated(hop: Hop, column: Column): Column {
  const { owners, recordKey, ...plain } = column;
  const { from } = hop;
  return {
    ...plain,
    cell: (row, source) => {
      const related = hop.to(row, source.database);
      return related === undefined ? null : column.cell(related, source);
    },
    ...(owners && from
      ? {
          owners: (value: DbValue, source: Source) => {
            const ids = owners(value, source);
            return ids === null ? null : from(ids, source.database);
          },
        }
      : {}),
  };
}
