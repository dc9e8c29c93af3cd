import { quote } from './layout.ts';
import { closingQuote } from './record-end.ts';

/** What papaparse would make of a record, as far as it can be told without making a text of each of its cells. */
export interface Survey {
  readonly cells: number;
  readonly lastIsEmpty: boolean;
  /** A quoted cell is never closed, or more than blanks stand behind its closing quote. */
  readonly badQuotes: boolean;
}

/** Goes through a record (no line end) by the same rule as `recordEnd`. Stops at the first bad quote. */
export function surveyRecord(record: Buffer, separator: number): Survey {
  const { length } = record;
  let cells = 0;
  for (let start = 0; ; ) {
    cells++;
    let from = start;
    if (record[start] === quote) {
      const closed = closingQuote(record, start + 1, length);
      if (closed < 0) return { cells, lastIsEmpty: false, badQuotes: true };
      from = closed + 1;
      while (from < length && record[from] !== separator && isBlank(record[from])) from++;
      // What is not ASCII may be a blank too: that is for papaparse to say.
      if (from < length && record[from] !== separator && (record[from] ?? 0) < 0x80)
        return { cells, lastIsEmpty: false, badQuotes: true };
    }
    const next = record.indexOf(separator, from);
    if (next < 0) return { cells, lastIsEmpty: start === length, badQuotes: false };
    start = next + 1;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);
}
