/** Tells the ordinal of a record of a block; the first one has number 0. */
export type OrdinalIn = (file: number, block: number, nth: number) => number;

/** In place of a place: a row with the key of the record came up, and was looked at. */
const claimed = 0x7fff_ffff;
/** Marks a place that is the number of a block that was passed by. */
const isBlock = 0x8000_0000;

/** Records of a block that was passed by, neighbours in the store. */
interface Passed {
  readonly first: number;
  readonly end: number;
  readonly file: number;
  /** Its number in the file. */
  readonly block: number;
}

/**
 * What came up of the records of the store in this run, by their indexes: six bytes each, once somebody asks for one. As
 * long as blocks are passed by in the order of the store, nobody does.
 */
export class PassedRecords {
  readonly #ordinalIn: OrdinalIn;
  /** How many records there are to begin with. */
  readonly #size: number;
  /** Blocks that were passed by, in this order. */
  readonly #blocks: Passed[] = [];
  /** So many of them are among the places. Those that are not stand in the store behind all records that are. */
  #noted = 0;
  /** Behind the last record that came up. */
  #end = 0;
  /** Per record its ordinal, or the block it was passed by with; 0: it did not come up. */
  #places = new Uint32Array(0);
  /** By records that were not passed by with a block; what it does not reach is of the first file. */
  #files = new Uint16Array(0);

  constructor(ordinalIn: OrdinalIn, size: number) {
    this.#ordinalIn = ordinalIn;
    this.#size = size;
  }

  copy(): PassedRecords {
    const other = new PassedRecords(this.#ordinalIn, this.#size);
    for (const block of this.#blocks) other.#blocks.push(block);
    other.#noted = this.#noted;
    other.#end = this.#end;
    other.#places = this.#places.slice();
    other.#files = this.#files.slice();
    return other;
  }

  get isEmpty(): boolean {
    return this.#end === 0;
  }

  /** It came up unchanged. */
  has(index: number): boolean {
    const place = this.#placeAt(index);
    return place !== 0 && place !== claimed;
  }

  isClaimed(index: number): boolean {
    return this.#placeAt(index) === claimed;
  }

  /** One of these records, or a row with its key, came up. */
  anyOf(first: number, count: number): boolean {
    if (first >= this.#end) return false;
    for (let index = first; index < first + count; index++) if (this.#placeAt(index) !== 0) return true;
    return false;
  }

  /** Unless it came up unchanged. */
  claim(index: number): void {
    if (this.#placeAt(index) === 0) this.reclaim(index);
  }

  /** Whether or not it came up unchanged. */
  reclaim(index: number): void {
    this.#prepare(index + 1);
    this.#places[index] = claimed;
  }

  pass(index: number, file: number, ordinal: number): void {
    this.#prepare(index + 1);
    this.#places[index] = ordinal;
    // Most runs have one file, the first.
    if (file > 0) this.#filesFor(index)[index] = file;
    else if (index < this.#files.length) this.#files[index] = 0;
  }

  /** All records of a block of the file, none of which came up before. Its number counts from 0. */
  passAll(first: number, count: number, file: number, block: number): void {
    const isBehind = first >= this.#end;
    if (!isBehind) this.#prepare(first + count);
    this.#blocks.push({ first, end: first + count, file, block });
    if (!isBehind) this.#note();
    this.#end = Math.max(this.#end, first + count);
  }

  /** Of a record that came up. */
  placeOf(index: number): { readonly file: number; readonly ordinal: number } {
    const place = this.#placeAt(index);
    if (place < isBlock) return { file: this.#files[index] ?? 0, ordinal: place };
    const passed = this.#blocks[place - isBlock];
    if (!passed) throw new Error('a block that was not passed by');
    const { first, file, block } = passed;
    return { file, ordinal: this.#ordinalIn(file, block, index - first) };
  }

  #placeAt(index: number): number {
    if (index >= this.#end) return 0;
    this.#note();
    return this.#places[index] ?? 0;
  }

  /** So that each record before `end` has a place. */
  #prepare(end: number): void {
    this.#end = Math.max(this.#end, end);
    this.#note();
    this.#makeRoom(end);
  }

  #note(): void {
    if (this.#noted === this.#blocks.length) return;
    this.#makeRoom(this.#end);
    for (; this.#noted < this.#blocks.length; this.#noted++) {
      const { first, end } = this.#blocks[this.#noted] ?? { first: 0, end: 0 };
      this.#places.fill(isBlock + this.#noted, first, end);
    }
  }

  #makeRoom(size: number): void {
    if (size <= this.#places.length) return;
    const places = new Uint32Array(Math.max(this.#size, size + (size >> 2)));
    places.set(this.#places);
    this.#places = places;
  }

  #filesFor(index: number): Uint16Array {
    if (index >= this.#files.length) {
      const files = new Uint16Array(this.#places.length);
      files.set(this.#files);
      this.#files = files;
    }
    return this.#files;
  }
}
