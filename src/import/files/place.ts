import type { Readable } from 'node:stream';

/** A file that was found by its name. */
export interface PlacedFile {
  /** Bytes. */
  readonly size: number;
  /** Reads it from its beginning, as often as needed. */
  open(): Readable;
}

/** Somewhere files of rows may be: a folder, a zip. */
export interface FilePlace {
  /** Ends "looked …": `in documents`, `in orders.zip`. */
  readonly words: string;
  /**
   * The file at a path relative to the place, with `/` between folders; null: it is not here. Throws SicError 'file' when
   * it is there but cannot be taken.
   */
  find(path: string): Promise<PlacedFile | null>;
}
