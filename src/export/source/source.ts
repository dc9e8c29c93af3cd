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
  /** The column with the time of the last change (of its making, where nothing else is known); null: there is none. */
  readonly changed: string | null;
  readonly find: FindField;
  /** Names to begin with when people ask what there is. */
  readonly names: readonly string[];
  /** The columns of an export that names none. */
  readonly everything: readonly Field[];
}
