import { setImmediate } from 'node:timers/promises';
import { byteSource } from '../byte-source.ts';
import { checkText } from '../check-text.ts';
import { decoder, encoder } from '../decode.ts';
import { headSize, judgeEncoding } from '../encoding.ts';
import { type Encoding, isWide } from '../encoding-names.ts';
import type { InputFile } from '../input-file.ts';
import type { RecordBatch, RecordFile } from '../record.ts';
import { readHeader } from './header.ts';
import { csvParser } from './parse.ts';
import { openRejects } from './rejects.ts';
import { scan } from './scanner.ts';

export interface CsvSettings {
  readonly separator: string | null;
  readonly encoding: Encoding | null;
}

/** Opens a CSV file: tells its encoding, checks all of it, reads the header. Throws SicError 'file'. */
export async function openCsv(path: string, input: InputFile, settings: CsvSettings): Promise<RecordFile> {
  const { label } = input;
  const descriptor = input.open();
  try {
    const head = Buffer.allocUnsafe(headSize);
    const judged = judgeEncoding(
      head.subarray(0, descriptor.read(head, 0, headSize, 0)),
      settings.encoding,
      label,
      'CSV',
    );
    const warnings = [...judged.warnings, ...(await checkText(descriptor, judged, label))];
    const source = byteSource(descriptor, judged);
    const first = Buffer.allocUnsafe(source.room);
    const length = source.fill(first, 0);
    const decode = decoder(judged.encoding, judged.format);
    const header = readHeader(first.subarray(0, length), {
      separator: settings.separator,
      label,
      whole: source.offset >= input.size,
      decode,
    });

    async function* batches(): AsyncGenerator<RecordBatch, void, void> {
      const opened = input.open();
      try {
        const scanned = byteSource(opened, judged);
        const { layout, length: skip, nextLine: line } = header;
        for (const batch of scan(scanned, { layout, skip, line, label })) {
          // Before the last records go out: of a file that is still being written, the last one may be half.
          if (batch.offset >= input.size) opened.ensureUnchanged();
          yield batch;
          await setImmediate(); // reading blocks; signals and timers get their turn
        }
      } finally {
        opened.close();
      }
    }

    const mark = judged.mark > 0 || isWide(judged.encoding) ? Buffer.from('\ufeff', 'utf8') : Buffer.alloc(0);
    return {
      path,
      format: 'csv',
      datatype: null,
      columns: header.columns,
      layout: JSON.stringify(['csv', header.separator, judged.encoding, header.columns]),
      size: input.size,
      warnings,
      batches,
      parse: csvParser(header, decode),
      place: line => `line ${line}`,
      rejects: (rejectPath, extraColumns) =>
        openRejects(rejectPath, extraColumns, { header, mark, encode: encoder(judged.encoding), input }),
    };
  } finally {
    descriptor.close();
  }
}
