import type { DatatypeName } from './datatype.ts';

/** What a cell of this column means before SuperOffice is asked. */
export type FieldKind =
  | 'key' // the record's own user key
  | 'relation' // a parent's user key
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean' // TRUE / FALSE
  | 'date' // a day; never passes a time zone
  | 'datetime' // a day and a time of the day, as the clocks of the tenant show it
  | 'choice' // one of a few words that SuperOffice knows
  | 'list' // one value of a SuperOffice list, by name
  | 'lists' // several values of a list, which are only ever added
  | 'associate' // our contact, by user id or full name
  | 'country'
  | 'file' // the name of a file that is imported with the row
  | 'files' // several such names joined with |
  | 'content' // a file itself, in Base64
  | 'addresses'; // e-mail addresses, parted by ; or ,

/** SuperOffice lists by their typed name (reading.md, section 12.6); `udlist:N` and built-in table numbers for more-page lists. */
export type ListName = string;

/**
 * Where a field lives: one place for writing (entity property) and reading (archive column), because the two only
 * make sense together. `column` is the archive column in the datatype's provider, null when the archive has none.
 */
export type Slot =
  | { readonly at: 'property'; readonly property: string; readonly column: string }
  /** A property that only the `dynamic` provider can read; `path` starts at the entity's main table. */
  | {
      readonly at: 'dynamic';
      readonly property: string;
      readonly path: string;
      /** Archive column with the same day, to filter by. */
      readonly dayColumn?: string;
    }
  | {
      readonly at: 'reference';
      readonly property: string;
      readonly idProperty: string;
      readonly column: string;
    }
  | {
      readonly at: 'address';
      readonly block: 'Street' | 'Postal';
      readonly part: 'Address1' | 'Address2' | 'Address3' | 'Zipcode' | 'City' | 'County' | 'State';
      readonly column: string;
    }
  /** Element `rank` (1 = primary) of an array of values; read from `table` by the `dynamic` provider. */
  | {
      readonly at: 'element';
      readonly property: string;
      readonly table: 'phone' | 'email' | 'url';
      /** `ptype_idx` of table phone, `type` of table email; url has one kind only. */
      readonly type: number;
      readonly rank: number;
    }
  | {
      readonly at: 'interests';
      readonly table: 'contactinterest' | 'personinterest';
      /** Archive column to filter by. */
      readonly filterColumn: string;
    }
  | { readonly at: 'custom'; readonly progId: string; readonly udefType: UdefType; readonly column: string }
  /** Tags of a ticket: ids, to which some are added. */
  | { readonly at: 'tags'; readonly property: string; readonly column: string }
  /** A user key kept as a foreign key of SuperOffice, beside the record (integration-cloud.md, section 3.9). */
  | { readonly at: 'foreignKey'; readonly table: 'ticket' | 'ej_message' }
  /**
   * No place of its own: something is worked out of it, or done because of it. `becomes` says what, for the docs; `column`
   * is the archive column that shows it to exports, where there is one.
   */
  | { readonly at: 'input'; readonly becomes: string; readonly column?: string }
  /** Read-only: known to the archive, written by nobody. `isReference`: it names something by its number, and 0 is nothing. */
  | { readonly at: 'readonly'; readonly column: string; readonly isReference?: true };

/** Types of more-page fields; `DateTime` is one of extra fields only. */
export type UdefType =
  | 'Number'
  | 'ShortText'
  | 'LongText'
  | 'Date'
  | 'UnlimitedDate'
  | 'DateTime'
  | 'Checkbox'
  | 'List'
  | 'Decimal';

/** One word of a choice: what the API calls it, the number that the database keeps, other words a file may use. */
export interface Choice {
  readonly name: string;
  readonly number: number;
  readonly aliases?: readonly string[];
}

export interface Field {
  /** The column name, exactly. */
  readonly name: string;
  readonly kind: FieldKind;
  /** Other column names for the same field: `CVR` for `OrgNo`. */
  readonly aliases?: readonly string[];
  /** Longest text in characters. */
  readonly length?: number;
  readonly list?: ListName;
  /** Kind choice: its words. */
  readonly choices?: readonly Choice[];
  /** Kind lists: what stands between the values, when it is not |. */
  readonly separator?: ',';
  /** What a missing list value does when the config says nothing (design.md, section 6). */
  readonly missing?: 'add' | 'reject';
  /** Kind relation: the parent's datatype. */
  readonly parent?: DatatypeName;
  /** True when a row without it is rejected always (keys), 'create' when only a new record needs it. */
  readonly needed?: true | 'create';
  /** One sentence for people who prepare files. */
  readonly meaning: string;
  readonly slot: Slot;
}
