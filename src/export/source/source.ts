import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import type { FindField } from '../expression/parse.ts';

/** Where the rows of an export come from: the records of a datatype, or any archive of SuperOffice. */
export interface Source {
  /** What one row is, for people and as the name of a row: `Company`. */
  readonly row: string;
  /** null: an archive. */
  readonly datatype: Datatype | null;
  readonly archive: { readonly provider: string; readonly entities: string; readonly idColumn: string };
  /**
   * The columns with the times at which a row was made and changed last: one that was never changed has the first alone.
   * Empty: nothing tells.
   */
  readonly changed: readonly string[];
  readonly find: FindField;
  /** Names to begin with when people ask what there is. */
  readonly names: readonly string[];
  /** The columns of an export that names none. */
  readonly everything: readonly Field[];
}
