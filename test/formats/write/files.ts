import fc from 'fast-check';
import { rowWriter } from '../../../src/formats/write/index.ts';
import type {
  CsvOptions,
  OutputFormat,
  OutputRow,
  OutputShape,
} from '../../../src/formats/write/row-writer.ts';
import { openFile, put, readAll } from '../files.ts';

export interface Choices extends Partial<OutputShape>, Partial<CsvOptions> {}

/** Everything a writer makes of these batches. */
export function written(
  format: OutputFormat,
  batches: readonly (readonly OutputRow[])[],
  choices: Choices = {},
): string {
  const { separator = ';', bom = false, guardFormulas = false, ...shape } = choices;
  const writer = rowWriter(
    format,
    { name: 'TestData', row: 'Company', columns: ['A', 'B'], typed: false, ...shape },
    { separator, bom, guardFormulas },
  );
  return writer.head() + batches.map(batch => writer.rows(batch)).join('') + writer.end();
}

/** A row of texts, whose typed form is never what they say. */
export function row(...texts: readonly string[]): OutputRow {
  return texts.map(text => ({ text, typed: null }));
}

export interface ReadBack {
  readonly datatype: string | null;
  readonly columns: readonly string[];
  /** The cells of good rows in the order of the columns, problems as their codes. */
  readonly rows: readonly unknown[];
}

/** What the import's reader finds in a text that was written. It tells format, encoding and separator by itself. */
export async function readBack(folder: string, format: OutputFormat, text: string): Promise<ReadBack> {
  const file = await openFile(put(folder, `out.${format}`, text));
  const records = await readAll(file);
  const { datatype, columns } = file;
  return {
    datatype,
    columns,
    rows: records.map(({ parsed }) =>
      parsed.ok ? columns.map(column => parsed.cells.get(column)) : parsed.problem.code,
    ),
  };
}

/** Texts of what makes trouble in one format or another. Whole characters only, and no zero byte. */
export const nastyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        '1',
        'æøå',
        'é',
        '€',
        '日',
        '😀',
        '\u200d',
        '\u2028',
        '\u0085',
        '\ufeff',
        '\ufffd',
      ),
      fc.constantFrom(' ', '\t', '\n', '\r', '\r\n', '\u00a0', '"', '""', "'", ';', ',', '|', ':'),
      fc.constantFrom(
        '&',
        '&amp;',
        '&#13;',
        '<',
        '>',
        ']]>',
        '<![CDATA[',
        '<!--',
        '-->',
        '<?',
        '<A>',
        '</A>',
      ),
      fc.constantFrom('=', '+', '-', '@', '\\', '\\u0041', '\\n', '{', '}', '[', ']', 'null', '\u001a'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 6, size: 'max' },
  )
  .map(pieces => pieces.join(''));

export interface Table {
  readonly columns: readonly string[];
  readonly batches: readonly (readonly (readonly string[])[])[];
}

/** Batches of rows, some without rows. */
export function tables(text: fc.Arbitrary<string> = nastyText): fc.Arbitrary<Table> {
  return fc.integer({ min: 1, max: 4 }).chain(width =>
    fc.record({
      columns: fc.constant(['CompUserKey01', 'Name', 'Æ', 'Number'].slice(0, width)),
      batches: fc.array(
        fc.array(fc.array(text, { minLength: width, maxLength: width, size: 'max' }), { maxLength: 3 }),
        { maxLength: 4 },
      ),
    }),
  );
}

export function rowsOf({ batches }: Table): OutputRow[][] {
  return batches.map(batch => batch.map(texts => row(...texts)));
}
