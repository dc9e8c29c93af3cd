import { setImmediate } from 'node:timers/promises';
import { SicError } from '../../problems/sic-error.ts';
import type { BlockPorts, Blocks } from '../blocks/block.ts';
import { BlockCutter } from '../blocks/cutter.ts';
import { reading } from '../blocks/reading.ts';
import { type Fresh, survey } from '../blocks/survey.ts';
import { type ByteSource, byteSource } from '../byte-source.ts';
import { checkText } from '../check-text.ts';
import { decoder } from '../decode.ts';
import { headSize, type Judgement, judgeEncoding } from '../encoding.ts';
import { type Encoding, encodingTitle, isSingleByte, isWide } from '../encoding-names.ts';
import type { InputDescriptor, InputFile } from '../input-file.ts';
import type { RecordBatch, RecordFile } from '../record.ts';
import { Columns } from './columns.ts';
import { empty, noRecord, type Scanned } from './damage.ts';
import { scanLines } from './lines.ts';
import { jsonParser } from './parse.ts';
import { pointer } from './pointer.ts';
import { documentFrame, type Frame, linesFrame, openRejects } from './rejects.ts';
import { type Envelope, type ScanOptions, scan } from './scanner.ts';

export interface JsonSettings {
  readonly encoding: Encoding | null;
  readonly blocks?: BlockPorts | undefined;
}

/** How records lie in a file, and what its places are called. */
interface Shape {
  readonly format: 'json' | 'ndjson';
  /** Cuts all records of a file, and answers what is around them. */
  scan(
    source: ByteSource,
    scanned: Scanned,
    options: ScanOptions,
  ): Generator<RecordBatch, Pick<Envelope, 'property'>, void>;
  place(property: string | null, ordinal: number): string;
  frame(property: string | null): Frame;
}

const document: Shape = {
  format: 'json',
  scan,
  place: (property, ordinal) => pointer(property, ordinal - 1),
  frame: documentFrame,
};

const lines: Shape = {
  format: 'ndjson',
  *scan(source, { label }, options) {
    yield* scanLines(source, label, options);
    return { property: null };
  },
  place: (_, ordinal) => `line ${ordinal}`,
  frame: () => linesFrame,
};

/**
 * Opens a JSON file, `{"Company":[{…},…]}` or `[{…},…]`: checks all of it, reads the datatype and the columns (the names
 * of the properties of all records, in order of first use). Throws SicError 'file'.
 */
export function openJson(path: string, input: InputFile, settings: JsonSettings): Promise<RecordFile> {
  return open(document, path, input, settings);
}

/** Opens an NDJSON file: one flat object per line; blank lines are passed over. Else like `openJson`. */
export function openNdjson(path: string, input: InputFile, settings: JsonSettings): Promise<RecordFile> {
  return open(lines, path, input, settings);
}

async function open(
  shape: Shape,
  path: string,
  input: InputFile,
  settings: JsonSettings,
): Promise<RecordFile> {
  const { label } = input;
  const descriptor = input.open();
  try {
    const head = Buffer.allocUnsafe(headSize);
    const first = head.subarray(0, descriptor.read(head, 0, headSize, 0));
    const judged = judgeEncoding(first, settings.encoding, label, 'JSON');
    refuseSingleByte(judged.encoding, label);
    const parse = jsonParser(decoder(judged.encoding, 'JSON'));
    const opened = { shape, descriptor, judged, label, parse };
    const { contents, warnings } = await lookThrough(opened, settings.blocks);
    const { property, columns, blocks } = contents;
    return {
      path,
      format: shape.format,
      datatype: property,
      columns,
      // A record names its properties itself, and UTF-16 has become UTF-8 where records are cut.
      layout: JSON.stringify(['json']),
      size: input.size,
      warnings: [...judged.warnings, ...warnings],
      ...reading(input, judged, blocks, (source, from, file) =>
        shape.scan(source, scanned(file, judged, label), { from }),
      ),
      parse,
      place: ordinal => shape.place(property, ordinal),
      rejects: (rejectPath, extraColumns) =>
        openRejects(rejectPath, extraColumns, shape.frame(property), input),
    };
  } finally {
    descriptor.close();
  }
}

interface Opened {
  readonly shape: Shape;
  readonly descriptor: InputDescriptor;
  readonly judged: Judgement;
  readonly label: string;
  readonly parse: RecordFile['parse'];
}

interface Contents {
  readonly property: string | null;
  readonly columns: readonly string[];
  readonly blocks: Blocks | null;
}

/** Goes through the whole file once, so that damage is found before the first row is handed out. */
async function lookThrough(
  opened: Opened,
  ports: BlockPorts | undefined,
): Promise<{ readonly contents: Contents; readonly warnings: readonly string[] }> {
  const { shape, descriptor, judged, label } = opened;
  if (!ports || isWide(judged.encoding)) {
    const warnings = await checkText(descriptor, judged, label);
    return { contents: await contentsOf(opened, null), warnings };
  }
  const { result, warnings } = await survey(descriptor, judged, label, (fresh: Fresh) =>
    contentsOf(opened, new BlockCutter(shape.format, ports, fresh)),
  );
  return { contents: result, warnings };
}

async function contentsOf(
  { shape, descriptor, judged, label, parse }: Opened,
  cutter: BlockCutter | null,
): Promise<Contents> {
  const columns = new Columns(label);
  const scanning = shape.scan(byteSource(descriptor, judged), scanned(descriptor, judged, label), {
    from: null,
    ...(cutter && { cutter, columns: names => columns.addNames(names) }),
  });
  let first: { readonly record: Buffer; readonly ordinal: number } | null = null;
  for (;;) {
    const step = scanning.next();
    if (step.done) {
      const { property } = step.value;
      const { names } = columns;
      if (first === null && shape.format === 'ndjson') throw empty(label);
      if (first !== null && names.length === 0) {
        const [parsed] = parse([first.record]);
        if (parsed?.ok === false) throw noRecord(label, shape.place(property, first.ordinal), parsed.problem);
      }
      return { property, columns: names, blocks: cutter?.blocks ?? null };
    }
    const { bytes, start, end, ordinal, count } = step.value;
    if (first === null && count > 0) {
      first = { record: Buffer.from(bytes.subarray(start[0], end[0])), ordinal: ordinal[0] ?? 0 };
      if (shape.format === 'ndjson') refuseDocument(first.record, label);
    }
    for (let i = 0; i < count; i++) columns.add(bytes, start[i] ?? 0, end[i] ?? 0);
    await setImmediate(); // reading blocks; signals and timers get their turn
  }
}

function scanned(input: InputDescriptor, judged: Judgement, label: string): Scanned {
  return {
    label,
    locate: offset => {
      const source = byteSource(input, judged);
      const bytes = Buffer.allocUnsafe(source.room);
      let line = 1;
      for (let position = 0; position < offset; ) {
        const count = source.fill(bytes, 0);
        if (count === 0) break;
        const end = Math.min(count, offset - position);
        for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) line++;
        position += count;
      }
      // Bytes of UTF-16 are counted after they have become UTF-8, which helps nobody.
      return isWide(judged.encoding) ? `line ${line}` : `line ${line} (byte ${offset + judged.mark})`;
    },
  };
}

function refuseSingleByte(encoding: Encoding, label: string): void {
  if (!isSingleByte(encoding)) return;
  throw new SicError(
    'file',
    `${label} is set to ${encodingTitle(encoding)}, but JSON is read as UTF-8 or UTF-16 only.`,
    {
      hint: 'Remove "encoding" from the file\'s mapping in sic.config.json, and have the program that writes the file use UTF-8.',
    },
  );
}

/** `[…`, or `{"Company":[…` or `{` and then a line break. */
const beginsDocument = /^(?:\[|\{\s*(?:"[^"]*"\s*:\s*(?:\[\s*(?:\{|\]\s*\}$|$)|$)|$))/;

/** Line by line, a JSON document would yield nothing but broken records, or worse: a few that look whole. */
function refuseDocument(firstLine: Buffer, label: string): void {
  if (!beginsDocument.test(firstLine.toString('utf8', 0, 1000))) return;
  throw new SicError(
    'file',
    `${label} is no NDJSON: its first line begins a list or an object of several lines.`,
    {
      hint: 'NDJSON holds one whole record per line. If the file is one JSON document, name it .json.',
    },
  );
}
