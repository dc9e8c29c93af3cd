import type { Problem } from '../problems/problem.ts';
import type { BlockRange, Blocks } from './blocks/block.ts';

/** A cell as the format gives it. CSV and XML know only text; JSON keeps its numbers, booleans and null. */
export type Cell = string | number | boolean | null;

/**
 * Whole records cut out of the bytes, unparsed. Record i is `bytes.subarray(start[i], end[i])`, without its line
 * end or the comma behind it, and stands at `ordinal[i]`, counted from 1: in CSV and NDJSON the line in which it begins,
 * in XML and JSON how many records there are up to it. Valid only until the next batch is asked for: the buffer is used
 * again.
 */
export interface RecordBatch {
  readonly bytes: Buffer;
  readonly count: number;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly ordinal: Uint32Array;
  /** Bytes of the file read so far, for progress. */
  readonly offset: number;
}

/** A record after parsing: its cells by the file's own column names, or the reason why it cannot be read. */
export type ParsedRecord =
  | { readonly ok: true; readonly cells: ReadonlyMap<string, Cell> }
  | { readonly ok: false; readonly problem: Problem };

/** An opened input file: header known, records not yet read. */
export interface RecordFile {
  readonly path: string;
  readonly format: 'csv' | 'xml' | 'json' | 'ndjson';
  /** What the content says it holds (the name of XML's row elements, JSON's one property), as spelled there; null when it says nothing. */
  readonly datatype: string | null;
  /** Columns, spelled as in the file: in its order, or in that of their first use where records need not be alike. */
  readonly columns: readonly string[];
  /** Everything besides the record's bytes that decides what they mean (header, separator, encoding): part of the raw fingerprint. */
  readonly layout: string;
  /** Size in bytes, for progress; null when it cannot be known (a pipe). */
  readonly size: number | null;
  /** What looks wrong with the file as a whole but does not stop it: text encoded twice, a mark that contradicts the config. */
  readonly warnings?: readonly string[];
  /** null where the file was not cut: nobody asked, or it is UTF-16. */
  readonly blocks: Blocks | null;
  /** Reads the file once, from its first record, or some neighbouring blocks of it. Memory does not grow with the file. */
  batches(range?: BlockRange): AsyncGenerator<RecordBatch, void, void>;
  /** The ordinal of a record of a block, the first of which has number 0. */
  ordinalIn(block: number, nth: number): number;
  /** Parses records cut from this file, in order. Result i belongs to `records[i]`. */
  parse(records: readonly Uint8Array[]): ParsedRecord[];
  /** Words for an ordinal: `line 12`, `/Companies/Company[12]`, `/Company/11` (a JSON pointer, which counts from 0). */
  place(ordinal: number): string;
  /** Opens a reject file in this file's format: its own columns, then the given extra ones. */
  rejects(path: string, extraColumns: readonly string[]): RejectWriter;
}

/** Writes original records plus extra columns, in the format, separator and encoding of the input. Owner-only. */
export interface RejectWriter {
  write(record: Uint8Array, extra: readonly string[]): void;
  close(): Promise<void>;
}
