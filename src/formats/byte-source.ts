import type { Judgement } from './encoding.ts';
import { isWide } from './encoding-names.ts';
import type { InputDescriptor } from './input-file.ts';

/** Bytes of a file in an encoding that agrees with ASCII, piece by piece: UTF-16 arrives as UTF-8. */
export interface ByteSource {
  /** Free bytes that `fill` needs behind `at`. */
  readonly room: number;
  /** Writes the next piece into `target` and answers its length; 0 at the end. */
  fill(target: Buffer, at: number): number;
  /** Bytes of the file read so far, before any transcoding. */
  readonly offset: number;
}

const chunkSize = 1 << 20;

/** @param part bytes of the file to be read, its mark not counted; all of them when there is none. Not for UTF-16 */
export function byteSource(
  input: InputDescriptor,
  judged: Judgement,
  part?: { readonly offset: number; readonly length: number },
): ByteSource {
  let offset = judged.mark + (part?.offset ?? 0);
  const end = part ? offset + part.length : Number.POSITIVE_INFINITY;
  const source = {
    room: part ? Math.min(chunkSize, part.length) : chunkSize,
    get offset() {
      return offset;
    },
  };
  const advance = (target: Buffer, at: number, length: number): number => {
    const count = input.read(target, at, Math.min(length, end - offset), offset);
    offset += count;
    return count;
  };
  if (!isWide(judged.encoding))
    return Object.assign(source, {
      fill: (target: Buffer, at: number) => advance(target, at, source.room),
    });
  const decoder = new TextDecoder(judged.encoding, { fatal: true, ignoreBOM: true });
  // One UTF-16 unit (two bytes) becomes at most three bytes of UTF-8.
  const raw = Buffer.allocUnsafe(chunkSize >> 1);
  return Object.assign(source, {
    fill: (target: Buffer, at: number) => {
      for (;;) {
        const count = advance(raw, 0, raw.length);
        const written = target.write(
          decoder.decode(raw.subarray(0, count), { stream: count > 0 }),
          at,
          'utf8',
        );
        if (written > 0 || count === 0) return written;
      }
    },
  });
}
