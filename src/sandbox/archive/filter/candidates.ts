import type { Column } from '../column.ts';
import type { Source } from '../source.ts';
import { operatorOf } from './compile.ts';
import { operandsOf } from './operands.ts';
import type { Condition, Filter } from './syntax.ts';

/**
 * Ids that an index gives for the filter: never too few, the filter still tests each. null when no branch that every
 * row must pass has an index.
 */
export function candidatesOf(
  filter: Filter,
  columnOf: (name: string) => Column,
  source: Source,
): ReadonlySet<number> | null {
  if (filter.kind === 'condition') return fromIndex(filter, columnOf(filter.column), source);
  const found = filter.branches.map(branch => candidatesOf(branch, columnOf, source));
  if (filter.kind === 'and') {
    let smallest: ReadonlySet<number> | null = null;
    for (const ids of found) if (ids && (smallest === null || ids.size < smallest.size)) smallest = ids;
    return smallest;
  }
  const all = new Set<number>();
  for (const ids of found) {
    if (ids === null) return null;
    for (const id of ids) all.add(id);
  }
  return all;
}

function fromIndex(condition: Condition, column: Column, source: Source): ReadonlySet<number> | null {
  if (column.owners === undefined) return null;
  const values = valuesOf(condition, column);
  if (values === null) return null;
  const all = new Set<number>();
  for (const value of values) {
    // An empty text or 0 also means rows without the related row, which no index knows.
    if (value === '' || value === 0) return null;
    const ids = column.owners(value, source);
    if (ids === null) return null;
    for (const id of ids) all.add(id);
  }
  return all;
}

/** A range of so many numbers is looked up one by one; of a wider one, going through all rows is no worse. */
const widestRange = 10_000;

/** Every value that passes; null: too many to name. */
function valuesOf(condition: Condition, column: Column): readonly (string | number)[] | null {
  const operands = operandsOf(condition, column);
  if (operatorOf(condition, column).isEquality)
    return column.kind === 'string' ? operands.texts() : operands.numbers();
  if (condition.operator.toLowerCase() !== 'between' || column.kind !== 'integer') return null;
  const [low = 0, high = 0] = operands.numbers();
  if (!Number.isInteger(low) || high - low > widestRange) return null;
  return Array.from({ length: Math.max(0, Math.floor(high) - low + 1) }, (_, index) => low + index);
}

/** Largest N of the `column gt N` that every row must pass; 0 without one. Lets a page start where the last one ended. */
export function lowerBound(filter: Filter | null, columnOf: (name: string) => Column, key: Column): number {
  if (filter === null) return 0;
  if (filter.kind !== 'condition')
    return filter.kind === 'or'
      ? 0
      : Math.max(...filter.branches.map(branch => lowerBound(branch, columnOf, key)));
  const isGreater = ['gt', 'greater', '>'].includes(filter.operator.toLowerCase());
  if (!isGreater || columnOf(filter.column).name !== key.name) return 0;
  return operandsOf(filter, key).numbers()[0] ?? 0;
}
