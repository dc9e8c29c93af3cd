import { isAboutBatch } from './batches.ts';

/** Texts and numbers in one list where lists are wide. */
const widest = 500;

/**
 * How long the lists of keys and ids of a run may be. Lists of texts begin at the usual length and become long once nearly
 * all keys are found: what a long list does not find is asked for again in short ones, so that a list that is cut off in
 * silence makes no record look new.
 */
export class WideLists {
  #texts: number | null = null;
  #mayWiden = true;

  /** Texts in one list; null: as many as usual. */
  get texts(): number | null {
    return this.#texts;
  }

  /** Numbers in one list; null: as many as usual (reading.md, section 8: 200 to 500). */
  get numbers(): number | null {
    return this.#mayWiden ? widest : null;
  }

  /** Told how many of the keys that were asked for have a record. */
  found(found: number, asked: number): void {
    if (asked === 0) return;
    if (found * 10 >= asked * 9 && this.#mayWiden) this.#texts = widest;
    else if (found * 2 < asked) this.#texts = null;
  }

  /** A long list was refused. True when it is worth asking again with shorter ones. */
  refused(error: unknown): boolean {
    if (!this.#mayWiden || !isAboutBatch(error)) return false;
    this.#mayWiden = false;
    this.#texts = null;
    return true;
  }
}
