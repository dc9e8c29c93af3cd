import type { OutputRow, OutputShape, RowWriter } from './row-writer.ts';

/**
 * `{"TestData":[{"CompUserKey01":"2345","Name":"…"},…]}`, the answer of the hosted service (integration-cloud.md, section
 * 7): every value a string, unless the shape says typed. One row per line, so that files can be looked at and compared.
 */
export function jsonWriter(shape: OutputShape): RowWriter {
  const toObject = objectText(shape);
  let separator = '\n';
  return {
    head: () => `{${JSON.stringify(shape.name)}:[`,
    rows: batch => {
      let text = '';
      for (const row of batch) {
        text += separator + toObject(row);
        separator = ',\n';
      }
      return text;
    },
    end: () => '\n]}\n',
  };
}

/** One object per line. A file without rows is empty. */
export function ndjsonWriter(shape: OutputShape): RowWriter {
  const toObject = objectText(shape);
  return {
    head: () => '',
    rows: batch => batch.map(row => `${toObject(row)}\n`).join(''),
    end: () => '',
  };
}

/**
 * Put together by hand: as a property of an object, a column whose name is a number would move to the front, and one
 * called `__proto__` would be lost.
 */
function objectText({ columns, typed }: OutputShape): (row: OutputRow) => string {
  const names = columns.map(column => `${JSON.stringify(column)}:`);
  return row => {
    const properties = row.map((cell, i) => names[i] + JSON.stringify(typed ? cell.typed : cell.text));
    return `{${properties.join(',')}}`;
  };
}
