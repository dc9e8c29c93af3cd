import type { Block, BlockHash, BlockPorts, Blocks, FindKnown, KnownBlock } from './block.ts';

/** A block is closed as soon as it has so many bytes. */
const blockBytes = 32768;

/** Words of four bytes that the fingerprint of a record looks at, at most. */
const mostWords = 128;

const nowhere = -1;

/**
 * Cuts a file into blocks while a scanner goes through it once, and finds those that were met before: they are hashed
 * as a whole, and nothing in them is looked at. The scanner tells each record it cuts.
 */
export class BlockCutter {
  /** The block that the last `record` found. */
  found: KnownBlock | null = null;
  readonly #list: Block[] = [];
  readonly #ports: BlockPorts;
  #known: FindKnown = () => [];
  #layout: string;
  #hash: ((bytes: Uint8Array) => BlockHash) | null = null;
  /** Told of bytes that are in no known block. */
  readonly #fresh: (bytes: Buffer, position: number) => void;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #base = 0;
  #have = 0;
  #last = false;
  /** Up to here everything was known or told. */
  #told = 0;
  #from = nowhere;
  #to = 0;
  #records = 0;
  #ordinal = 0;
  #nextOrdinal = 0;
  #start = 0;
  #isOpen = false;

  /** @param layout everything besides the bytes that decides where records end, the same for the whole file */
  constructor(layout: string, ports: BlockPorts, fresh: (bytes: Buffer, position: number) => void) {
    this.#layout = layout;
    this.#ports = ports;
    this.#fresh = fresh;
  }

  get blocks(): Blocks {
    return { layout: this.#layout, list: this.#list };
  }

  /** More of the layout, from what stands in front of the first record. Counts until that is taken. */
  refine(layout: string): void {
    if (this.#hash) return;
    this.#layout = JSON.stringify([this.#layout, layout]);
  }

  /** Indexes mean these bytes from now on. The first of them stands at `base` of the file; `last`: no more will follow. */
  moveTo(bytes: Buffer, have: number, base: number, last: boolean): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#have = have;
    this.#base = base;
    this.#last = last;
    this.#told = 0;
  }

  /**
   * Takes a record, line end included. Answers where to go on: `to`, or behind the known block that begins with this
   * record, or -1 where that cannot be told without more bytes; then the record is to be told again with them.
   * @param nextOrdinal of a record that came at once behind it
   * @param isOpen the line does not end
   */
  record(from: number, to: number, ordinal: number, nextOrdinal: number, isOpen: boolean): number {
    this.#begin();
    const start = fingerprint(this.#view, from, to);
    const end = this.#find(from, start);
    if (end === nowhere) return nowhere;
    if (end > 0 && this.found !== null) {
      const { length, records, ordinals, hash, isOpen } = this.found;
      this.#close();
      this.#tell(from);
      this.#told = end;
      this.#list.push({
        offset: this.#base + from,
        ordinal,
        length,
        records,
        ordinals,
        hash,
        start,
        isOpen,
      });
      return end;
    }
    // A huge record makes a block of its own, so that blocks are hardly larger than records.
    if (this.#from !== nowhere && to - from >= blockBytes) this.#close();
    if (this.#from === nowhere) {
      this.#from = from;
      this.#ordinal = ordinal;
      this.#start = start;
      this.#records = 0;
    }
    this.#to = to;
    this.#records++;
    this.#nextOrdinal = nextOrdinal;
    this.#isOpen = isOpen;
    if (to - this.#from >= blockBytes) this.#close();
    return to;
  }

  /** The bytes before `at` are done with. */
  end(at: number): void {
    this.#close();
    this.#tell(at);
  }

  #begin(): void {
    if (this.#hash) return;
    this.#hash = this.#ports.hasher(this.#layout);
    this.#known = this.#ports.known(this.#layout);
  }

  #hashOf(from: number, to: number): BlockHash {
    if (!this.#hash) throw new Error('a block without a record');
    return this.#hash(this.#bytes.subarray(from, to));
  }

  /** End of the known block that begins at `from`; 0: there is none; -1: more bytes are needed. */
  #find(from: number, start: number): number {
    this.found = null;
    for (const block of this.#known(start)) {
      const to = from + block.length;
      if (to > this.#have) {
        if (!this.#last) return nowhere;
        continue;
      }
      if (block.isOpen && to < this.#have) continue;
      if (block.isOpen && !this.#last) return nowhere;
      const { lo, hi } = this.#hashOf(from, to);
      if (lo !== block.hash.lo || hi !== block.hash.hi) continue;
      this.found = block;
      return to;
    }
    return 0;
  }

  #close(): void {
    if (this.#from === nowhere) return;
    const from = this.#from;
    this.#from = nowhere;
    this.#list.push({
      offset: this.#base + from,
      ordinal: this.#ordinal,
      length: this.#to - from,
      records: this.#records,
      ordinals: this.#nextOrdinal - this.#ordinal,
      hash: this.#hashOf(from, this.#to),
      start: this.#start,
      isOpen: this.#isOpen,
    });
  }

  #tell(to: number): void {
    if (to > this.#told) this.#fresh(this.#bytes.subarray(this.#told, to), this.#base + this.#told);
    this.#told = to;
  }
}

/**
 * Tells records apart that begin alike and end alike, as rows of JSON and XML do: all bytes count, of long ones some from the
 * first to the last.
 */
function fingerprint(bytes: DataView, from: number, to: number): number {
  let hash = to - from;
  const last = to - 4;
  const step = Math.max(4, (last - from) / (mostWords - 1));
  for (let at = from; at < last; at += step) hash = mixed(hash, bytes.getInt32(Math.trunc(at), true));
  for (let at = Math.max(from, last); at < to; at++) hash = mixed(hash, bytes.getUint8(at));
  return (hash ^ (hash >>> 15)) >>> 0;
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return (product << 13) | (product >>> 19);
}
