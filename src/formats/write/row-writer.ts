/** One value of a row in its two forms. */
export interface OutputCell {
  readonly text: string;
  readonly typed: string | number | boolean | null;
}

/** The cells of one row, in the order of the columns. */
export type OutputRow = readonly OutputCell[];

/** What is written, whatever the format. */
export interface OutputShape {
  /** The search's name: the property of a JSON document, the root of an XML document. */
  readonly name: string;
  /** What one row is: `Company`. The name of XML's row elements. */
  readonly row: string;
  /** No two are alike, and none is blank. */
  readonly columns: readonly string[];
  /** JSON and NDJSON: real types instead of strings. The others know text only. */
  readonly typed: boolean;
}

/**
 * Makes the text of a file piece by piece: `head` once, then `rows` for each batch, then `end` once. The pieces joined,
 * as UTF-8, are the file; memory holds one batch.
 */
export interface RowWriter {
  head(): string;
  rows(batch: readonly OutputRow[]): string;
  end(): string;
}

export type OutputFormat = 'json' | 'ndjson' | 'csv' | 'xml';

export const outputFormats: readonly OutputFormat[] = ['json', 'ndjson', 'csv', 'xml'];

export interface CsvOptions {
  /** One character. */
  readonly separator: string;
  /** Begin with a byte order mark: Excel takes a file without one for Windows-1252. */
  readonly bom: boolean;
  /** Put an apostrophe before cells that a spreadsheet would execute. Who imports the file gets it as part of the text. */
  readonly guardFormulas: boolean;
}
