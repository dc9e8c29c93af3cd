import type { Reader } from '@zip.js/zip.js';
import type { InputDescriptor } from '../input-file.ts';
import type { ZipLibrary } from './library.ts';

/** Thrown where a zip wants to be read in pieces that only a damaged or malicious one asks for. */
export class PieceTooLarge extends Error {}

/**
 * Data of entries is read in small pieces; what is read in one piece is the directory. That of 10,000 files takes 1 MiB
 * at most as a rule, so that this leaves room for long names.
 */
const largestPiece = 16 << 20;

/** Lets zip.js read an open file at any place. `size` in bytes. */
export function readerOver(zip: ZipLibrary, input: InputDescriptor, size: number): Reader<null> {
  class DescriptorReader extends zip.Reader<null> {
    override async init(): Promise<void> {
      await super.init?.();
      this.size = size;
    }

    override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
      const count = Math.max(0, Math.min(length, size - index));
      if (count > largestPiece) throw new PieceTooLarge(`${count} bytes in one piece`);
      // Not a Buffer: its slice() shares memory where zip.js expects a copy.
      const piece = new Uint8Array(count);
      return piece.subarray(0, input.read(Buffer.from(piece.buffer), 0, count, index));
    }
  }
  return new DescriptorReader(null);
}
