/**
 * Writes a document that ends in rows, row by row: memory does not grow with them.
 * @param head all that stands before them
 * @param error what stands behind them; undefined: nothing does
 */
export async function writeWithRows(
  head: object,
  rows: AsyncIterable<object>,
  write: (text: string) => void,
  error?: object | null,
): Promise<void> {
  write(`${JSON.stringify(head, null, 2).slice(0, -2)},\n  "rows": [`);
  let separator = '\n    ';
  for await (const row of rows) {
    write(separator + JSON.stringify(row));
    separator = ',\n    ';
  }
  const ending = error === undefined ? '' : `,\n  "error": ${JSON.stringify(error)}`;
  write(`${separator.startsWith(',') ? '\n  ' : ''}]${ending}\n}\n`);
}

/** The rows, each as what is told of it. */
export async function* each<Row>(
  rows: AsyncIterable<Row>,
  told: (row: Row) => object,
): AsyncGenerator<object> {
  for await (const row of rows) yield told(row);
}
