import type { Field } from '../../datatypes/field.ts';
import type { Existing } from '../../records/current.ts';
import type { Names } from '../../records/names.ts';
import type { Held } from '../../records/value.ts';

/** How a value is compared with another one. */
export type ValueType =
  | 'text' // letter case does not count
  | 'key' // it does
  | 'number'
  | 'boolean'
  | 'day' // YYYY-MM-DD
  | 'moment' // YYYY-MM-DDTHH:mm:ss, as the clocks of the tenant show it
  | 'choice' // one of a few words
  | 'item' // of a list, a user, a country or a parent: an id
  | 'items'; // several

/** What stands in a column of an export, and on the left of a criterion. */
export interface Expression {
  /** As it was written: `year(CreatedDate)`. */
  readonly text: string;
  readonly type: ValueType;
  /** The field it is made of; null: a constant. */
  readonly field: Field | null;
  /** The function that is applied to the field; null: none. */
  readonly function: string | null;
  valueOf(record: Existing, names: Names): Held;
}
