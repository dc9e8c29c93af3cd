import { setImmediate } from 'node:timers/promises';
import { byteSource } from '../byte-source.ts';
import { checkText } from '../check-text.ts';
import { decoder, encoder } from '../decode.ts';
import type { Judgement } from '../encoding.ts';
import { type Encoding, isWide } from '../encoding-names.ts';
import type { InputDescriptor, InputFile } from '../input-file.ts';
import type { RecordBatch, RecordFile } from '../record.ts';
import { judgeXml } from './declaration.ts';
import { Frame, type Root } from './frame.ts';
import { lineOf } from './lines.ts';
import { Outline } from './outline.ts';
import { xmlParser } from './parse.ts';
import { openXmlRejects } from './rejects.ts';
import { scan } from './scanner.ts';

export interface XmlSettings {
  /** As configured; a byte order mark and the XML declaration are stronger. Null: UTF-8 unless they say otherwise. */
  readonly encoding: Encoding | null;
}

/**
 * Opens an XML file: tells its encoding, checks all of its text and structure, learns its columns. A damaged file is
 * refused here, before its first row is handed out. Throws SicError 'file'.
 */
export async function openXml(path: string, input: InputFile, settings: XmlSettings): Promise<RecordFile> {
  const { label } = input;
  const descriptor = input.open();
  try {
    const judged = judgeXml(descriptor, settings.encoding, label);
    const warnings = [...judged.warnings, ...(await checkText(descriptor, judged, label))];
    const decode = decoder(judged.encoding, 'XML');
    const text = (bytes: Buffer): string => {
      const decoded = decode(bytes);
      return typeof decoded === 'string' ? decoded : bytes.toString('latin1');
    };
    const places = { label, lineOf: (position: number) => lineOf(input, judged, position) };
    const outline = new Outline(places, text);
    const root = await readStructure(descriptor, judged, new Frame(places, text), outline);
    const { row, columns } = outline;

    async function* batches(): AsyncGenerator<RecordBatch, void, void> {
      const opened = input.open();
      try {
        const source = byteSource(opened, judged);
        for (const batch of scan(source, new Frame(places, text), null)) {
          if (batch.offset >= input.size) opened.ensureUnchanged();
          yield batch;
          await setImmediate(); // reading blocks; signals and timers get their turn
        }
      } finally {
        opened.close();
      }
    }

    const rowPath = row === null ? `/${root.name}` : `/${root.name}/${row.spelled}`;
    return {
      path,
      format: 'xml',
      datatype: row?.local ?? null,
      columns,
      layout: JSON.stringify(['xml', judged.encoding]),
      size: input.size,
      warnings,
      batches,
      parse: xmlParser(decode),
      place: ordinal => `${rowPath}[${ordinal}]`,
      rejects: (rejectPath, extraColumns) =>
        openXmlRejects(rejectPath, extraColumns, {
          root,
          mark: judged.mark > 0 || isWide(judged.encoding) ? Buffer.from('\ufeff', 'utf8') : Buffer.alloc(0),
          encoding: isWide(judged.encoding) ? 'utf-8' : judged.encoding,
          encode: encoder(judged.encoding),
          decode: text,
          input,
        }),
    };
  } finally {
    descriptor.close();
  }
}

/** Reads the whole file once. Its rows are not kept. */
async function readStructure(
  descriptor: InputDescriptor,
  judged: Judgement,
  frame: Frame,
  outline: Outline,
): Promise<Root> {
  for (const _ of scan(byteSource(descriptor, judged), frame, outline)) await setImmediate();
  if (frame.root === null) throw new Error('a file without a root was not refused');
  return frame.root;
}
