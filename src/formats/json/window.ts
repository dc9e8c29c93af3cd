import type { ByteSource } from '../byte-source.ts';

/** The bytes that are being looked at. One buffer is used again and again; it grows only for a record that does not fit. */
export class Window {
  readonly #source: ByteSource;
  bytes: Buffer;
  /** Bytes there are in `bytes`; what is behind them is left over from before. */
  have = 0;
  /** Bytes of the source before the first one in `bytes`. */
  position = 0;
  /** No bytes come after those in `bytes`. */
  last = false;

  constructor(source: ByteSource) {
    this.#source = source;
    this.bytes = Buffer.allocUnsafeSlow(source.room + (source.room >> 1));
  }

  /** Drops the first `done` bytes and reads the next piece behind the others. */
  advance(done: number): void {
    const { room } = this.#source;
    const kept = this.have - done;
    if (this.bytes.length - kept >= room) this.bytes.copyWithin(0, done, this.have);
    else {
      const larger = Buffer.allocUnsafeSlow(2 * this.bytes.length + room);
      this.bytes.copy(larger, 0, done, this.have);
      this.bytes = larger;
    }
    this.position += done;
    const read = this.#source.fill(this.bytes, kept);
    this.have = kept + read;
    this.last = read === 0;
  }
}
