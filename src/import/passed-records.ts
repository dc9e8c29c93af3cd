/** Tells the ordinal of a record of a block; the first one has number 0. */
export type OrdinalIn = (file: number, block: number, nth: number) => number;

/** In place of a place: a row with the key of the record came up, and was looked at. */
const claimed = 0x7fff_ffff;
/** Marks a place that is the number of a block. */
const isBlock = 0x8000_0000;

/** Records of a block that was passed by, neighbours in the store. */
interface Passed {
  readonly first: number;
  readonly end: number;
  readonly file: number;
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
  /** Blocks that are not among the places yet, in the order of the store, behind all records that are. */
  #ahead: Passed[] = [];
  /** Behind the last record that came up. */
  #end = 0;
  /** Per record its ordinal, or the block it was passed by with; 0: it did not come up. */
  #places = new Uint32Array(0);
  #files = new Uint16Array(0);

  constructor(ordinalIn: OrdinalIn, size: number) {
    this.#ordinalIn = ordinalIn;
    this.#size = size;
  }

  copy(): PassedRecords {
    const other = new PassedRecords(this.#ordinalIn, this.#size);
    other.#ahead = [...this.#ahead];
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
    const place = this.#placeOf(index);
    return place !== 0 && place !== claimed;
  }

  isClaimed(index: number): boolean {
    return this.#placeOf(index) === claimed;
  }

  /** One of these records, or a row with its key, came up. */
  anyOf(first: number, count: number): boolean {
    if (first >= this.#end) return false;
    for (let index = first; index < first + count; index++) if (this.#placeOf(index) !== 0) return true;
    return false;
  }

  /** Unless it came up unchanged. */
  claim(index: number): void {
    if (this.#placeOf(index) === 0) this.#put(index, index + 1, claimed, 0);
  }

  pass(index: number, file: number, ordinal: number): void {
    if (index >= this.#end || this.#ahead.length > 0) this.#put(index, index + 1, ordinal, file);
    else {
      this.#places[index] = ordinal;
      this.#files[index] = file;
    }
  }

  /** All records of a block of the file, none of which came up before. Its number counts from 0. */
  passAll(first: number, count: number, file: number, block: number): void {
    const end = first + count;
    if (first >= this.#end) {
      this.#ahead.push({ first, end, file, block });
      this.#end = end;
    } else this.#put(first, end, isBlock + block, file);
  }

  /** Of a record that came up. */
  placeOf(index: number): { readonly file: number; readonly ordinal: number } {
    const place = this.#placeOf(index);
    const file = this.#files[index] ?? 0;
    if (place < isBlock) return { file, ordinal: place };
    let first = index;
    while (first > 0 && this.#places[first - 1] === place && this.#files[first - 1] === file) first--;
    return { file, ordinal: this.#ordinalIn(file, place - isBlock, index - first) };
  }

  #placeOf(index: number): number {
    if (index >= this.#end) return 0;
    this.#settle();
    return this.#places[index] ?? 0;
  }

  #put(first: number, end: number, place: number, file: number): void {
    this.#settle();
    this.#end = Math.max(this.#end, end);
    this.#makeRoom(end);
    this.#places.fill(place, first, end);
    this.#files.fill(file, first, end);
  }

  #settle(): void {
    if (this.#ahead.length === 0) return;
    this.#makeRoom(this.#end);
    for (const { first, end, file, block } of this.#ahead) {
      this.#places.fill(isBlock + block, first, end);
      this.#files.fill(file, first, end);
    }
    this.#ahead = [];
  }

  #makeRoom(size: number): void {
    if (size <= this.#places.length) return;
    const length = Math.max(this.#size, size + (size >> 2));
    const [places, files] = [new Uint32Array(length), new Uint16Array(length)];
    places.set(this.#places);
    files.set(this.#files);
    this.#places = places;
    this.#files = files;
  }
}
