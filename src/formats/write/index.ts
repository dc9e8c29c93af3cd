import { csvWriter } from './csv.ts';
import { jsonWriter, ndjsonWriter } from './json.ts';
import type { CsvOptions, OutputFormat, OutputShape, RowWriter } from './row-writer.ts';
import { xmlWriter } from './xml.ts';

/** The writer of one file. Whoever writes another file asks for another writer. */
export function rowWriter(format: OutputFormat, shape: OutputShape, csv: CsvOptions): RowWriter {
  switch (format) {
    case 'json':
      return jsonWriter(shape);
    case 'ndjson':
      return ndjsonWriter(shape);
    case 'csv':
      return csvWriter(shape, csv);
    case 'xml':
      return xmlWriter(shape);
  }
}
