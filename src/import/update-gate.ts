/**
 * Stands before the updates of one file: they wait until it is known that there are not too many of them. New records pass
 * it by, so that a first import asks no question.
 */
export class UpdateGate {
  readonly #look: () => Promise<void>;
  #isOpen = false;
  #looking: Promise<void> | null = null;

  /** @param look finds out whether there are too many updates, and stops the run then. Must not throw. */
  constructor(look: () => Promise<void>) {
    this.#look = look;
  }

  /** There cannot be too many: nobody has to look. */
  open(): void {
    this.#isOpen = true;
  }

  /** Resolves once an update may be written, unless the run was stopped meanwhile. */
  async pass(): Promise<void> {
    if (this.#isOpen) return;
    this.#looking ??= this.#look();
    await this.#looking;
  }
}
