import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompaniesPlace } from './companies-place.mjs';

/** The places of all sizes, which the parts share: a million companies are created once. */
export class CompaniesPlaces {
  #folder;
  #isKept;
  #open = new Map();

  /** @param {string | null} cache folder that keeps them for the next bench; null: they go when this one ends */
  constructor(cache) {
    this.#isKept = cache !== null;
    if (cache !== null) mkdirSync(cache, { recursive: true });
    this.#folder = cache ?? mkdtempSync(join(tmpdir(), 'sic-bench-'));
  }

  at(rows) {
    const place = this.#open.get(rows) ?? CompaniesPlace.open(this.#folder, rows);
    this.#open.set(rows, place);
    return place;
  }

  async close() {
    for (const place of this.#open.values()) await (await place).close();
    if (!this.#isKept) rmSync(this.#folder, { recursive: true, force: true });
  }
}
