import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import type { Draft } from './draft.ts';

/** What carriers are read with. */
export interface Reading {
  readonly database: Database;
  /** null: raw multi-language texts. */
  readonly language: string | null;
  /** `Z` when `SO-TimeZone` asks for offsets, else '' (reading.md, section 5.3). */
  readonly zone: '' | 'Z';
  /** `http://127.0.0.1:8080/Sandbox/api/v1`, for `_Links`. */
  readonly root: string;
}

/** One entity as it is read: a row of its table, or the row it would start with (id 0). */
export interface EntityRecord {
  readonly id: number;
  readonly row: DbRow;
  readonly reading: Reading;
}

/** An entry of `FieldProperties` (reading.md, section 11.1). */
export interface FieldInfo {
  readonly type: string;
  /** Characters for texts, bytes for the rest. */
  readonly length: number;
  /** Default `Update`. */
  readonly mask?: 'Update' | 'Read' | 'None' | 'Update, UIHintMandatory';
  readonly reason?: string;
}

/** One property of an entity's carrier: how it is read from the tables and what writing it changes. */
export interface Property {
  /** As the specs spell it. */
  readonly name: string;
  readonly read: (record: EntityRecord) => unknown;
  /**
   * Puts a value from a request into the draft; a value that cannot be kept goes to `draft.reject`.
   * Absent: read-only.
   */
  readonly write?: (draft: Draft, value: unknown) => void;
  /** What a removed property is written as, and one that PUT leaves out. Absent: both leave it alone. */
  readonly empty?: unknown;
  /** A string dictionary: its keys keep their case, and a write changes only the keys it brings. */
  readonly isDictionary?: boolean;
  readonly field?: FieldInfo;
  /** The one column behind a text or a reference. */
  readonly column?: string;
  /** Name of the MDO list behind it, for `_Links`. */
  readonly list?: string;
}
