import type { InputFile } from '../input-file.ts';
import type { RejectWriter } from '../record.ts';
import { createRejectFile } from '../reject-file.ts';
import { PropertyWalker } from './properties.ts';
import { recordProperty } from './record-property.ts';

/** What stands around the records of a reject file. */
export interface Frame {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** `{"Company":[ … ]}` or a bare list, one record per line. */
export function documentFrame(property: string | null): Frame {
  return {
    before: property === null ? '[\n' : `{${JSON.stringify(property)}:[\n`,
    between: ',\n',
    after: property === null ? '\n]\n' : '\n]}\n',
  };
}

export const linesFrame: Frame = { before: '', between: '\n', after: '\n' };

/**
 * A reject file in UTF-8, without a byte order mark (RFC 8259 forbids it): each record on one line as it was, then the
 * extra properties, which take the place of those of the same name. What is no JSON object stands as a text in a property
 * of its own, so that the file is JSON all the same. Truncates what was there. Throws SicError 'file' when it cannot be
 * written.
 */
export function openRejects(
  path: string,
  extraColumns: readonly string[],
  frame: Frame,
  input: InputFile,
): RejectWriter {
  const file = createRejectFile(path, input);
  const walker = new PropertyWalker();
  let records = 0;
  file.put(Buffer.from(frame.before));
  file.flush();
  return {
    write: (record, extra) => {
      const own = ownProperties(record, new Set(extraColumns), walker);
      const added = extraColumns.map(
        (name, i) => `${JSON.stringify(name)}:${JSON.stringify(extra[i] ?? '')}`,
      );
      const text = `${records++ === 0 ? '' : frame.between}{${[...own, ...added].join(',')}}`;
      file.put(Buffer.from(text));
    },
    close: async () => {
      file.put(Buffer.from(records === 0 ? frame.after.trimStart() : frame.after));
      await file.close();
    },
  };
}

/** The record's properties as JSON, without those named. */
function ownProperties(record: Uint8Array, without: ReadonlySet<string>, walker: PropertyWalker): string[] {
  const text = Buffer.from(record).toString('utf8');
  if (!isObject(text)) return [`${JSON.stringify(recordProperty)}:${JSON.stringify(text)}`];
  const bytes = Buffer.from(record);
  const own: string[] = [];
  for (walker.begin(bytes, 0, bytes.length); walker.next(); ) {
    if (without.has(walker.name())) continue;
    own.push(onOneLine(bytes.toString('utf8', walker.nameStart, walker.valueEnd)));
  }
  return own;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Line breaks of valid JSON stand between its tokens only. */
function onOneLine(json: string): string {
  return json.replace(/\s*[\r\n]\s*/g, ' ');
}
