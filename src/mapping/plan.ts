import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import type { Problem } from '../problems/problem.ts';
import type { CellForms } from './convert/cell.ts';
import type { Value } from './row.ts';

/** What becomes of every column of one file: decided once from its header, used for every record. */
export interface ColumnPlan {
  readonly datatype: Datatype;
  /** Columns that carry a field, in file order. */
  readonly columns: readonly PlannedColumn[];
  /** Values that every row gets besides its cells. */
  readonly constants: ReadonlyMap<Field, Value>;
  /** Every field this file can write, once each: those of the columns, then those of the constants. */
  readonly fields: readonly Field[];
  /** Columns that are read over because the mapping says so. */
  readonly ignored: readonly string[];
  /** Null when the file has no IntegrationID to check. */
  readonly integrity: Integrity | null;
  /** True for a reject file: its rows may have been shifted by a spreadsheet. */
  readonly checkShift: boolean;
  readonly forms: CellForms;
  /** Things worth a word that do not stop the file: a mapped column that it lacks. */
  readonly warnings: readonly Problem[];
}

export interface PlannedColumn {
  /** As spelled in the file. */
  readonly column: string;
  readonly field: Field;
  /** What an empty cell does. */
  readonly empty: 'keep' | 'clear';
  /** Value table: trimmed cell → what is meant. */
  readonly values: ReadonlyMap<string, string>;
}

/** How a row proves that it belongs here and was not cut (design.md, section 6). */
export interface Integrity {
  readonly idColumn: string;
  readonly checkColumn: string;
  /** The configured IntegrationID; null: the two columns only have to agree. */
  readonly expected: string | null;
}

/**
 * Everything in a plan that decides what a record's bytes mean, as stable text for the raw fingerprint. The types of
 * more-page fields are left out, so that a plan made offline and one made with SuperOffice's layout agree.
 */
export function describePlan(plan: ColumnPlan): string {
  return JSON.stringify([
    plan.datatype.name,
    plan.columns.map(({ column, field, empty, values }) => [column, field.name, empty, [...values]]),
    [...plan.constants].map(([field, value]) => [field.name, value]),
    plan.integrity,
    plan.forms.dates.map(pattern => pattern.text),
    plan.forms.decimal,
    plan.forms.timeZone,
  ]);
}
