/** Tells the ordinal of a record of a block; the first one has number 0. */
export type OrdinalIn = (file: number, block: number, nth: number) => number;

/** In place of a place: a row with the key of the record came up, and was looked at. */
const claimed = 0x7fff_ffff;
/** Marks a place that is the number of a block. */
const isBlock = 0x8000_0000;

/** What came up of the records of the store in this run, by their indexes: six bytes each. */
export class PassedRecords {
  readonly #ordinalIn: OrdinalIn;
  /** How many records there are to begin with. */
  readonly #size: number;
  /** Per record its ordinal, or the block it was passed by with; 0: it did not come up. */
  #places = new Uint32Array(0);
  #files = new Uint16Array(0);
  #isEmpty = true;

  constructor(ordinalIn: OrdinalIn, size: number) {
    this.#ordinalIn = ordinalIn;
    this.#size = size;
  }

  copy(): PassedRecords {
    const other = new PassedRecords(this.#ordinalIn, this.#size);
    other.#places = this.#places.slice();
    other.#files = this.#files.slice();
    other.#isEmpty = this.#isEmpty;
    return other;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** It came up unchanged. */
  has(index: number): boolean {
    const place = this.#places[index] ?? 0;
    return place !== 0 && place !== claimed;
  }

  isClaimed(index: number): boolean {
    return this.#places[index] === claimed;
  }

  /** One of these records, or a row with its key, came up. */
  anyOf(first: number, count: number): boolean {
    for (let index = first; index < first + count; index++) if ((this.#places[index] ?? 0) !== 0) return true;
    return false;
  }

  /** Unless it came up unchanged. */
  claim(index: number): void {
    this.#makeRoom(index + 1);
    if (this.#places[index] === 0) this.#places[index] = claimed;
  }

  pass(index: number, file: number, ordinal: number): void {
    this.#makeRoom(index + 1);
    this.#places[index] = ordinal;
    this.#files[index] = file;
  }

  /** All records of a block of the file, none of which came up before. Its number counts from 0. */
  passAll(first: number, count: number, file: number, block: number): void {
    const end = first + count;
    this.#makeRoom(end);
    this.#places.fill(isBlock + block, first, end);
    this.#files.fill(file, first, end);
  }

  /** Of a record that came up. */
  placeOf(index: number): { readonly file: number; readonly ordinal: number } {
    const file = this.#files[index] ?? 0;
    const place = this.#places[index] ?? 0;
    if (place < isBlock) return { file, ordinal: place };
    let first = index;
    while (first > 0 && this.#places[first - 1] === place && this.#files[first - 1] === file) first--;
    return { file, ordinal: this.#ordinalIn(file, place - isBlock, index - first) };
  }

  #makeRoom(size: number): void {
    this.#isEmpty = false;
    if (size <= this.#places.length) return;
    const length = Math.max(this.#size, size + (size >> 2));
    const [places, files] = [new Uint32Array(length), new Uint16Array(length)];
    places.set(this.#places);
    files.set(this.#files);
    this.#places = places;
    this.#files = files;
  }
}
