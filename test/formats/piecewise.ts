import type { ByteSource } from '../../src/formats/byte-source.ts';

/** Bytes in pieces of a fixed size, to put a border between any two bytes. */
export function piecewise(bytes: Buffer, size: number): ByteSource {
  let offset = 0;
  return {
    room: size,
    get offset() {
      return offset;
    },
    fill(target, at) {
      const count = bytes.copy(target, at, offset, offset + size);
      offset += count;
      return count;
    },
  };
}
