/** So many rows take a third of a millisecond. A connection that came free has to wait for them before it is used again. */
const atOnce = 3;

/** Lets in what came from SuperOffice meanwhile, so that no connection is idle for long. */
export function breathe(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/**
 * Lets works begin a few at a time, in the order in which they came, with all in between that came from SuperOffice
 * meanwhile: a whole chunk planned in one go would leave every connection idle for as long.
 */
export class Pace {
  readonly #waiting: (() => void)[] = [];
  #isScheduled = false;

  turn(): Promise<void> {
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      for (const begin of this.#waiting.splice(0, atOnce)) begin();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }
}
