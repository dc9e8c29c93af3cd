import { setImmediate } from 'node:timers/promises';
import type { BlockPorts, Blocks } from '../blocks/block.ts';
import { BlockCutter } from '../blocks/cutter.ts';
import { reading } from '../blocks/reading.ts';
import { type Fresh, survey } from '../blocks/survey.ts';
import { byteSource } from '../byte-source.ts';
import { checkText } from '../check-text.ts';
import { type Decode, decoder, encoder } from '../decode.ts';
import { headSize, type Judgement, judgeEncoding } from '../encoding.ts';
import { type Encoding, isWide } from '../encoding-names.ts';
import type { InputDescriptor, InputFile } from '../input-file.ts';
import type { RecordFile } from '../record.ts';
import { type CsvHeader, readHeader } from './header.ts';
import { csvParser } from './parse.ts';
import { openRejects } from './rejects.ts';
import { scan } from './scanner.ts';

export interface CsvSettings {
  readonly separator: string | null;
  readonly encoding: Encoding | null;
  readonly blocks?: BlockPorts | undefined;
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
    const decode = decoder(judged.encoding, judged.format);
    const { header, blocks, warnings } = await lookThrough({ input, descriptor, judged, decode, settings });
    const mark = judged.mark > 0 || isWide(judged.encoding) ? Buffer.from('\ufeff', 'utf8') : Buffer.alloc(0);
    return {
      path,
      format: 'csv',
      datatype: null,
      columns: header.columns,
      layout: layoutOf(header, judged),
      size: input.size,
      warnings: [...judged.warnings, ...warnings],
      ...reading(input, judged, blocks, (source, from) =>
        scan(source, {
          layout: header.layout,
          skip: from ? 0 : header.length,
          line: from?.ordinal ?? header.nextLine,
          label,
        }),
      ),
      parse: csvParser(header, decode),
      place: line => `line ${line}`,
      rejects: (rejectPath, extraColumns) =>
        openRejects(rejectPath, extraColumns, { header, mark, encode: encoder(judged.encoding), input }),
    };
  } finally {
    descriptor.close();
  }
}

interface Opened {
  readonly input: InputFile;
  readonly descriptor: InputDescriptor;
  readonly judged: Judgement;
  readonly decode: Decode;
  readonly settings: CsvSettings;
}

interface Found {
  readonly header: CsvHeader;
  readonly blocks: Blocks | null;
  readonly warnings: readonly string[];
}

/** Goes through the whole file once. */
async function lookThrough(opened: Opened): Promise<Found> {
  const { input, descriptor, judged, settings } = opened;
  const ports = settings.blocks;
  if (!ports || isWide(judged.encoding)) {
    const warnings = await checkText(descriptor, judged, input.label);
    return { header: headerOf(opened), blocks: null, warnings };
  }
  const { result, warnings } = await survey(descriptor, judged, input.label, async fresh => {
    const header = headerOf(opened);
    return { header, blocks: await blocksOf(opened, header, ports, fresh) };
  });
  return { ...result, warnings };
}

function headerOf({ input, descriptor, judged, decode, settings: { separator } }: Opened): CsvHeader {
  const source = byteSource(descriptor, judged);
  const first = Buffer.allocUnsafe(source.room);
  const length = source.fill(first, 0);
  const whole = source.offset >= input.size;
  return readHeader(first.subarray(0, length), { separator, label: input.label, whole, decode });
}

async function blocksOf(
  { input: { label }, descriptor, judged }: Opened,
  header: CsvHeader,
  ports: BlockPorts,
  fresh: Fresh,
): Promise<Blocks> {
  const { layout, length: skip, nextLine: line } = header;
  const cutter = new BlockCutter(`${layoutOf(header, judged)} ${layout.newline}`, ports, fresh);
  for (const _ of scan(byteSource(descriptor, judged), { layout, skip, line, label, cutter }))
    await setImmediate(); // reading blocks; signals and timers get their turn
  return cutter.blocks;
}

function layoutOf({ separator, columns, unnamedLast }: CsvHeader, { encoding }: Judgement): string {
  return JSON.stringify(['csv', separator, encoding, columns, ...(unnamedLast ? [''] : [])]);
}
