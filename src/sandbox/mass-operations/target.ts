import type { DbRow } from '../store/table.ts';
import type { MassColumn } from './request.ts';

/** Where the rows of an Upsert go. Values carry the names of `columns`. */
export interface Target {
  readonly columns: readonly MassColumn[];
  /** The row that is meant; undefined for one that is to be added. Throws MassFailure when it is not clear. */
  find(values: Readonly<DbRow>): number | undefined;
  /** Answers the primary key. Throws MassFailure. */
  insert(values: Readonly<DbRow>): number;
  /** True when anything differs from before. Throws MassFailure. */
  update(id: number, values: Readonly<DbRow>): boolean;
}
