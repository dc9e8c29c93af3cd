import { setImmediate } from 'node:timers/promises';
import type { BlockPorts, Blocks } from '../blocks/block.ts';
import { BlockCutter } from '../blocks/cutter.ts';
import { reading } from '../blocks/reading.ts';
import { survey } from '../blocks/survey.ts';
import { byteSource } from '../byte-source.ts';
import { checkText } from '../check-text.ts';
import { decoder, encoder } from '../decode.ts';
import type { Judgement } from '../encoding.ts';
import { type Encoding, isWide } from '../encoding-names.ts';
import type { InputDescriptor, InputFile } from '../input-file.ts';
import type { RecordFile } from '../record.ts';
import { judgeXml } from './declaration.ts';
import { Frame, type Root } from './frame.ts';
import { lineOf } from './lines.ts';
import { Outline } from './outline.ts';
import { xmlParser } from './parse.ts';
import { openXmlRejects } from './rejects.ts';
import { type ScanOptions, scan } from './scanner.ts';

export interface XmlSettings {
  /** As configured; a byte order mark and the XML declaration are stronger. Null: UTF-8 unless they say otherwise. */
  readonly encoding: Encoding | null;
  readonly blocks?: BlockPorts | undefined;
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
    const decode = decoder(judged.encoding, 'XML');
    const text = (bytes: Buffer): string => {
      const decoded = decode(bytes);
      return typeof decoded === 'string' ? decoded : bytes.toString('latin1');
    };
    const places = { label, lineOf: (position: number) => lineOf(input, judged, position) };
    const outline = new Outline(places, text);
    const opened = { descriptor, judged, label, frame: new Frame(places, text), outline };
    const { root, blocks, warnings } = await lookThrough(opened, settings.blocks);
    const { row, columns } = outline;
    const rowPath = row === null ? `/${root.name}` : `/${root.name}/${row.spelled}`;
    return {
      path,
      format: 'xml',
      datatype: row?.local ?? null,
      columns,
      layout: JSON.stringify(['xml', judged.encoding]),
      size: input.size,
      warnings: [...judged.warnings, ...warnings],
      ...reading(input, judged, blocks, (source, from) => {
        const frame = new Frame(places, text);
        if (from) frame.enter(root);
        return scan(source, frame, { from });
      }),
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

interface Opened {
  readonly descriptor: InputDescriptor;
  readonly judged: Judgement;
  readonly label: string;
  readonly frame: Frame;
  readonly outline: Outline;
}

interface Found {
  readonly root: Root;
  readonly blocks: Blocks | null;
  readonly warnings: readonly string[];
}

/** Goes through the whole file once. Its rows are not kept. */
async function lookThrough(opened: Opened, ports: BlockPorts | undefined): Promise<Found> {
  const { descriptor, judged, label, frame } = opened;
  if (!ports || isWide(judged.encoding)) {
    const warnings = await checkText(descriptor, judged, label);
    await readStructure(opened, {});
    return { root: rootOf(frame), blocks: null, warnings };
  }
  const { result, warnings } = await survey(descriptor, judged, label, async fresh => {
    const cutter = new BlockCutter(JSON.stringify(['xml', judged.encoding]), ports, fresh);
    await readStructure(opened, { cutter });
    return cutter.blocks;
  });
  return { root: rootOf(frame), blocks: result, warnings };
}

async function readStructure(
  { descriptor, judged, frame, outline }: Opened,
  options: Pick<ScanOptions, 'cutter'>,
): Promise<void> {
  for (const _ of scan(byteSource(descriptor, judged), frame, { from: null, outline, ...options }))
    await setImmediate();
}

function rootOf({ root }: Frame): Root {
  if (root === null) throw new Error('a file without a root was not refused');
  return root;
}
