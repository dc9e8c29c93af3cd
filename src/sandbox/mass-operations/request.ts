import { shown, toInteger } from '../entities/values.ts';
import { pick } from '../http/names.ts';
import type { DbRow, DbValue } from '../store/table.ts';
import { MassFailure } from './failure.ts';

/** A column of a request, with how its cells are read. */
export interface MassColumn {
  /** As rows have it. */
  readonly name: string;
  /** Throws MassFailure. */
  readonly read: (cell: unknown) => DbValue;
}

/** What a property of the request holds. Throws MassFailure for anything but a name. */
export function nameIn(body: unknown, property: string): string {
  const name = pick(body, property);
  if (typeof name === 'string' && name !== '') return name;
  throw new MassFailure(`${property} is ${shown(name)}, not a name`);
}

/** An array of names that is not empty. Throws MassFailure. */
export function namesIn(body: unknown, property: string): string[] {
  const names: unknown[] = arrayIn(body, property);
  if (names.length === 0) throw new MassFailure(`${property} is empty`);
  return names.map(name => {
    if (typeof name === 'string') return name;
    throw new MassFailure(`${property} holds ${shown(name)}, which is no name`);
  });
}

/** Throws MassFailure. */
export function idsIn(body: unknown, property: string): number[] {
  return arrayIn(body, property).map(item => {
    const id = toInteger(item);
    if (id !== undefined) return id;
    throw new MassFailure(`${property} holds ${shown(item)}, which is no id`);
  });
}

export function arrayIn(body: unknown, property: string): unknown[] {
  const items = pick(body, property);
  if (Array.isArray(items)) return items;
  throw new MassFailure(`${property} is ${shown(items)}, not an array`);
}

/** One row of `Data`. Throws MassFailure, with the column. */
export function readRow(columns: readonly MassColumn[], cells: unknown): DbRow {
  if (!Array.isArray(cells) || cells.length !== columns.length)
    throw new MassFailure(
      `${Array.isArray(cells) ? cells.length : 'no'} cells for ${columns.length} columns`,
    );
  const row: DbRow = {};
  for (const [place, { name, read }] of columns.entries())
    row[name] = placed(`column ${name}: `, () => read(cells[place]));
  return row;
}

/** Does what is to be done with one row of `Data`, and says in a MassFailure which it was. */
export function atRow(index: number, work: () => void): void {
  placed(`Data[${index}]: `, work);
}

function placed<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof MassFailure ? new MassFailure(`${place}${error.message}`) : error;
  }
}

/** The columns of a request, each once. Throws MassFailure. */
export function eachOnce(columns: readonly MassColumn[]): readonly MassColumn[] {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw new MassFailure(`Column '${name}' is named twice`);
    seen.add(name);
  }
  return columns;
}
