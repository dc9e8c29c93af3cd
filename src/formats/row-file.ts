import type { Readable } from 'node:stream';

/** A file that comes with a row: looked at, not held in memory. */
export interface RowFile {
  /** Without folders. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Tells one content from another. */
  readonly checksum: string;
  /** Reads it from its beginning, as often as needed. */
  open(): Readable;
}

/** Files that a row names, by the column that names them. */
export interface RowFiles {
  readonly found: ReadonlyMap<string, readonly RowFile[]>;
  /** Names that are nowhere, as the row has them. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
  /** Where was looked, in words: `in documents, in documents/documents`. */
  readonly lookedIn: string;
}
