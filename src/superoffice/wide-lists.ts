import { isAboutBatch } from './batches.ts';

/** Texts and numbers in one list where lists are wide. */
const widest = 500;

/**
 * How long the lists of keys and ids of a run may be. What a long list does not find is asked for again in short ones, so
 * that a list that is cut off in silence makes no record look new.
 */
export class WideLists {
  #mayWiden = true;
  readonly #keys = new Map<string, KeyLists>();

  /** Numbers in one list; null: as many as usual (reading.md, section 8: 200 to 500). */
  get numbers(): number | null {
    return this.#mayWiden ? widest : null;
  }

  /** Lists of keys that SuperOffice keeps in this place: those of other places may well be less known there. */
  ofKeys(place: string): KeyLists {
    const known = this.#keys.get(place) ?? new KeyLists(this);
    this.#keys.set(place, known);
    return known;
  }

  /** A long list was refused. True when it is worth asking again with shorter ones. */
  refused(error: unknown): boolean {
    if (!this.#mayWiden || !isAboutBatch(error)) return false;
    this.#mayWiden = false;
    return true;
  }
}

/** Lists of keys begin at the usual length and become long once nearly all keys are found. */
export class KeyLists {
  readonly #all: WideLists;
  #isKnown = false;
  #isWide = false;
  #first: Promise<unknown> | null = null;

  constructor(all: WideLists) {
    this.#all = all;
  }

  /** Keys in one list; null: as many as usual. */
  get length(): number | null {
    return this.#isWide ? this.#all.numbers : null;
  }

  /**
   * Lets the first list of all go alone, since its answer tells how long the others may be, and answers what `ask` did; null
   * when another one went first, for which this has waited.
   */
  async first<T>(ask: () => Promise<T>): Promise<T | null> {
    if (this.#isKnown) return null;
    if (this.#first !== null) {
      // Its error is told where it was asked.
      await this.#first.catch(() => {});
      return null;
    }
    const asked = ask();
    this.#first = asked;
    return asked;
  }

  /** Told how many of the keys that were asked for are there. */
  found(found: number, asked: number): void {
    if (asked === 0) return;
    this.#isKnown = true;
    if (found * 10 >= asked * 9) this.#isWide = true;
    else if (found * 2 < asked) this.#isWide = false;
  }
}
