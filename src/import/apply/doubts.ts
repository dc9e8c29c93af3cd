/**
 * A create that was announced and never settled, of a datatype whose key is kept beside the record: the record may be
 * there without it.
 */
export interface Doubt {
  readonly datatype: string;
  readonly key: string;
  /** Id of the record, where it is known that it was made; else null. */
  readonly made: number | null;
  /** Fingerprint of what tells the record from others (likeness.ts). */
  readonly like: string;
  /** When it was announced: milliseconds since 1970 by the clock of this machine. */
  readonly at: number;
}

/** The creates in doubt, of earlier runs and of this one. */
export class Doubts {
  readonly #open = new Map<string, Doubt>();
  /** Numbers of the journal entries that carry doubts of earlier runs over: negative, so that no write has the same. */
  readonly #carried = new Map<string, number>();
  /** Those that are over, by that number: as long as the run has not told its rows, the next one has to know of them. */
  readonly #over = new Map<number, Doubt>();

  /** @param earlier what earlier runs left */
  constructor(earlier: Iterable<Doubt> = []) {
    for (const doubt of earlier) {
      const at = place(doubt);
      // Told twice, by the run that left it and by one that carried it over: an id that one of them knows is good.
      this.#open.set(at, { ...doubt, made: doubt.made ?? this.#open.get(at)?.made ?? null });
      if (!this.#carried.has(at)) this.#carried.set(at, -1 - this.#carried.size);
    }
  }

  of(datatype: string, key: string): Doubt | undefined {
    return this.#open.get(place({ datatype, key }));
  }

  /** How many other creates may have left a record that looks just the same. */
  alike({ datatype, key, like }: Pick<Doubt, 'datatype' | 'key' | 'like'>): number {
    return [...this.#open.values()].filter(
      doubt => doubt.datatype === datatype && doubt.like === like && doubt.made === null && doubt.key !== key,
    ).length;
  }

  /** True for a record that is known to be another create's. */
  isMade(datatype: string, id: number): boolean {
    for (const doubt of this.#open.values())
      if (doubt.datatype === datatype && doubt.made === id) return true;
    return false;
  }

  add(doubt: Doubt): void {
    this.#open.set(place(doubt), doubt);
  }

  /** The record is there with its key. Answers the number under which this run's journal carries the doubt, or null. */
  found(datatype: string, key: string, id: number): number | null {
    const at = place({ datatype, key });
    const doubt = this.#open.get(at);
    if (!doubt) return null;
    this.#open.set(at, { ...doubt, made: id });
    return this.#carried.get(at) ?? null;
  }

  /** The row of the record was accepted, so the doubt is over. */
  settle(datatype: string, key: string): void {
    const at = place({ datatype, key });
    const doubt = this.#open.get(at);
    const carried = this.#carried.get(at);
    if (doubt && carried !== undefined) this.#over.set(carried, doubt);
    this.#open.delete(at);
    this.#carried.delete(at);
  }

  /** Journal entries that announce what earlier runs left again, so that the next run still knows of it if this one is killed. */
  entries(): object[] {
    const carried = [...this.#carried].map(([at, n]) => [n, this.#open.get(at)] as const);
    return [...carried, ...this.#over].flatMap(([n, doubt]) => {
      if (!doubt) return [];
      const { made, ...intent } = doubt;
      return [{ n, intent: { ...intent, todo: 'create' } }, ...(made === null ? [] : [{ n, made }])];
    });
  }

  /** Journal entries that take back those of what is over. Only once the rows were told. */
  endings(): object[] {
    return [...this.#over.keys()].map(n => ({ n, outcome: 'done' }));
  }

  /** True while a create is in doubt: then the journal must not be forgotten. */
  get any(): boolean {
    return this.#open.size > 0;
  }
}

function place({ datatype, key }: Pick<Doubt, 'datatype' | 'key'>): string {
  return `${datatype}\n${key}`;
}
