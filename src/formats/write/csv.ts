import { createRequire } from 'node:module';
import { separators } from '../csv/separator.ts';
import type { CsvOptions, OutputShape, RowWriter } from './row-writer.ts';

/** Loaded at the first CSV export: the other formats never pay for papaparse. */
const require = createRequire(import.meta.url);

const lineEnd = '\r\n'; // RFC 4180

/**
 * What a spreadsheet takes for a formula, but for plain numbers and phone numbers: -5, +3,5, -1.2e-7, +47 22 33 44 55.
 * papaparse's own pattern overlooks formulas that hold a line break.
 */
const formula = /^(?![+-][.,]?\d[\d., \u00a0\u202f]*(?:[eE][+-]?\d+)?$)[=+\-@\t\r]/;

/** A line of column names, then one per row. */
export function csvWriter({ columns }: OutputShape, options: CsvOptions): RowWriter {
  const papa: typeof import('papaparse') = require('papaparse');
  const { separator: delimiter, guardFormulas } = options;
  const single = columns.length === 1;
  const layout = { delimiter, newline: lineEnd };
  const cellLayout = {
    ...layout,
    // An empty cell alone would be a blank line, which readers pass over.
    quotes: (cell: string) => single && (cell === '' || holdsSeparator(cell)),
    escapeFormulae: guardFormulas ? formula : false,
  };
  return {
    head: () =>
      (options.bom ? '\ufeff' : '') +
      papa.unparse([columns], { ...layout, quotes: holdsSeparator }) +
      lineEnd,
    rows: batch => {
      if (batch.length === 0) return '';
      const cells = batch.map(row => row.map(cell => withoutZero(cell.text)));
      return papa.unparse(cells, cellLayout) + lineEnd;
    },
    end: () => '',
  };
}

/**
 * Readers tell the separator from what stands outside of quotes: ours in the header line, which has none where there is
 * one column, so that a cell of that column with a semicolon would be two. What looks like a separator is quoted there.
 */
function holdsSeparator(cell: string): boolean {
  return separators.some(separator => cell.includes(separator));
}

/** Readers take a zero byte for a sign of UTF-16 or of no text at all, and refuse the file. */
function withoutZero(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}
