import type { InputFile } from './input-file.ts';
import type { RecordFile } from './record.ts';

/** Files whose name says what they are, and which are then told what is wrong when their content is not that. */
const endings: readonly (readonly [ending: RegExp, format: RecordFile['format']])[] = [
  [/\.xml$/i, 'xml'],
  [/\.json$/i, 'json'],
  [/\.(?:ndjson|jsonl)$/i, 'ndjson'],
];

const headSize = 65_536;

/** The format of a file: by the ending of its name, else by its first visible sign. What shows nothing is CSV. */
export function formatOf(input: InputFile): RecordFile['format'] {
  // A reject file keeps the ending of the file it came from.
  const byName = endings.find(([ending]) => ending.test(input.label));
  return byName ? byName[1] : byContent(headOf(input));
}

function byContent(head: Buffer): RecordFile['format'] {
  const text = visible(head);
  if (
    /^<(?:\?xml|!--|!DOCTYPE\b|[A-Za-z_][^\r\n;,\t]*>)/.test(text) &&
    !/^<(?:!doctype html|html)\b/i.test(text)
  )
    return 'xml';
  if (/^\[\s*(?:\{|\]\s*$)|^\{\s*"[^"]*"\s*:\s*\[/.test(text)) return 'json';
  return /^\{\s*"/.test(text) ? 'ndjson' : 'csv';
}

/** Latin-1 shows the signs that matter, in UTF-16 too once its zero bytes are gone. */
function visible(head: Buffer): string {
  return head
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart();
}

export function headOf(input: InputFile): Buffer {
  const descriptor = input.open();
  try {
    const head = Buffer.alloc(headSize);
    return head.subarray(0, descriptor.read(head, 0, headSize, 0));
  } finally {
    descriptor.close();
  }
}
