/** Bytes of records that are held at most: rows may carry whole documents. */
const mostBytes = 8 * 1024 * 1024;

/** What is known of a file when its first row is worked on. */
export interface SeenAhead {
  /** Rows with something to do: at most so many are updates. */
  readonly changed: number;
  readonly unchanged: number;
  /** The file was read to its end. */
  readonly isAll: boolean;
}

/**
 * Holds the first chunks of a file back while it is read on, so that a file in which little changed is known to be one
 * before anything of it is written. Memory stays flat: a file in which much changed is held no longer than that shows.
 */
export class HeldChunks<Chunk> {
  readonly #mostRows: number;
  readonly #told: (seen: SeenAhead) => void;
  #chunks: Chunk[] | null = [];
  #changed = 0;
  #unchanged = 0;
  #bytes = 0;

  /** @param told is called once, before the first chunk is let go */
  constructor(mostRows: number, told: (seen: SeenAhead) => void) {
    this.#mostRows = mostRows;
    this.#told = told;
  }

  /** For rows that never were in a chunk. */
  countUnchanged(rows: number): void {
    this.#unchanged += rows;
  }

  /** Answers the chunks that are to be worked on now. */
  add(
    chunk: Chunk,
    rows: { readonly changed: number; readonly unchanged: number; readonly bytes: number },
  ): Chunk[] {
    if (this.#chunks === null) return [chunk];
    this.#chunks.push(chunk);
    this.#changed += rows.changed;
    this.#unchanged += rows.unchanged;
    this.#bytes += rows.bytes;
    return this.#changed > this.#mostRows || this.#bytes > mostBytes ? this.#letGo(false) : [];
  }

  /** The rest, once the file was read. */
  end(): Chunk[] {
    return this.#chunks === null ? [] : this.#letGo(true);
  }

  #letGo(isAll: boolean): Chunk[] {
    const chunks = this.#chunks ?? [];
    this.#chunks = null;
    this.#told({ changed: this.#changed, unchanged: this.#unchanged, isAll });
    return chunks;
  }
}
