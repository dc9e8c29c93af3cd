/** A row of one table as a mass operation takes it. */
export interface TableRow {
  readonly table: string;
  /** Columns by which it is found. */
  readonly keys: readonly string[];
  readonly columns: readonly string[];
  /** Encoded, in the order of the columns. */
  readonly cells: readonly string[];
}

/** What a record is made of, when an update is carried out by mass operations. */
export interface RecordRows {
  readonly id: number;
  /** Changed columns of the root table; none: it is written all the same, so that others see that the record changed. */
  readonly root: Readonly<Record<string, string>>;
  readonly others: readonly TableRow[];
}

/** Rows that can go into one request. */
export function shapeOf({ table, keys, columns }: TableRow): string {
  return [table, ...keys, '', ...columns].join('\n');
}
