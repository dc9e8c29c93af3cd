/** What decides where a record of a CSV file ends and its cells begin. Separator and newline are one byte each. */
export interface CsvLayout {
  readonly separator: number;
  /** 10 for LF and CRLF files, 13 for files with lone CRs (old Macintosh programs). */
  readonly newline: 10 | 13;
}

export const quote = 0x22;
export const carriageReturn = 13;
export const lineFeed = 10;
