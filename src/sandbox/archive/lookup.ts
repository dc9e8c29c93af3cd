import type { DbValue, Table } from '../store/table.ts';
import { fold, hasOneSpelling } from './filter/collation.ts';
import type { Source } from './source.ts';

/** Every spelling of a folded text that a column ever held; one too many costs a look-up, one too few a row. */
interface Spellings {
  readonly byFold: Map<string, Set<string>>;
  /** Last value seen, by id: only what changed is folded again. */
  readonly seen: DbValue[];
  revision: number;
}

const kept = new WeakMap<Table, Map<string, Spellings>>();

/**
 * Ids of the rows whose indexed column equals `value` as the collation compares. null without an index. The index is
 * exact, so that a text is looked up in every spelling the column holds.
 */
export function findEqual(table: Table, column: string, value: DbValue, source: Source): number[] | null {
  if (!table.isIndexed(column)) return null;
  if (typeof value !== 'string' || hasOneSpelling(value)) return table.find(column, value);
  const spellings = new Set([value, ...spellingsOf(table, column, value, source)]);
  return [...spellings].flatMap(text => table.find(column, text));
}

function spellingsOf(table: Table, column: string, value: string, { database }: Source): ReadonlySet<string> {
  const spellings = spellingsIn(table, column);
  if (spellings.revision !== database.revision) {
    refresh(spellings, table, column);
    spellings.revision = database.revision;
  }
  return spellings.byFold.get(fold(value)) ?? new Set();
}

function spellingsIn(table: Table, column: string): Spellings {
  const columns = kept.get(table) ?? new Map<string, Spellings>();
  kept.set(table, columns);
  const spellings = columns.get(column) ?? { byFold: new Map(), seen: [], revision: -1 };
  columns.set(column, spellings);
  return spellings;
}

function refresh({ byFold, seen }: Spellings, table: Table, column: string): void {
  for (const [id, row] of table.rows) {
    const text = row[column] ?? null;
    if (seen[id] === text) continue;
    seen[id] = text;
    if (typeof text !== 'string') continue;
    const folded = fold(text);
    const texts = byFold.get(folded);
    if (texts) texts.add(text);
    else byFold.set(folded, new Set([text]));
  }
}
