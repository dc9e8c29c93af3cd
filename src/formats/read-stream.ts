import { Readable } from 'node:stream';
import type { InputFile } from './input-file.ts';

const pieceSize = 1 << 16;

/** A file from its beginning to its end, piece by piece. @param done called when the reader is through or gives up */
export function streamOf(input: InputFile, done: () => void = () => {}): Readable {
  return Readable.from(pieces(input, done), { objectMode: false, highWaterMark: pieceSize });
}

async function* pieces(input: InputFile, done: () => void): AsyncGenerator<Buffer, void, void> {
  const descriptor = input.open();
  try {
    for (let position = 0; ; ) {
      const piece = Buffer.allocUnsafe(pieceSize);
      const count = descriptor.read(piece, 0, pieceSize, position);
      if (count === 0) return;
      yield piece.subarray(0, count);
      position += count;
    }
  } finally {
    descriptor.close();
    done();
  }
}
