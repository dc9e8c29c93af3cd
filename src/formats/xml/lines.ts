import { byteSource } from '../byte-source.ts';
import type { Judgement } from '../encoding.ts';
import type { InputFile } from '../input-file.ts';

/**
 * Line of a position in the text that a byte source hands out. Reads the file from its beginning, since scanning counts no
 * lines: only for a file that is refused. Throws SicError 'file' when it was written to meanwhile: then that is why it
 * is damaged.
 */
export function lineOf(input: InputFile, judged: Judgement, position: number): number {
  const descriptor = input.open();
  try {
    const source = byteSource(descriptor, judged);
    const bytes = Buffer.allocUnsafe(source.room);
    let line = 1;
    for (let base = 0, have = source.fill(bytes, 0); have > 0; base += have, have = source.fill(bytes, 0)) {
      const stop = Math.min(have, position - base);
      for (let at = bytes.indexOf(10); at >= 0 && at < stop; at = bytes.indexOf(10, at + 1)) line++;
      if (stop < have) break;
    }
    return line;
  } finally {
    descriptor.close();
  }
}
