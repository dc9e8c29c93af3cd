import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompaniesPlace } from './companies-place.mjs';
import { Place } from './place.mjs';

/** Where the parts work. Those with companies they share: a million companies are created once. */
export class Places {
  #folder;
  #open = new Map();
  #bare = [];

  /** @param {string | null} cache folder that keeps them for the next bench; null: they go when this one ends */
  constructor(cache) {
    this.#folder = cache ?? mkdtempSync(join(tmpdir(), 'sic-bench-'));
    if (cache !== null) mkdirSync(cache, { recursive: true });
    else process.once('exit', () => rmSync(this.#folder, { recursive: true, force: true }));
  }

  at(rows) {
    const place = this.#open.get(rows) ?? CompaniesPlace.open(this.#folder, rows);
    this.#open.set(rows, place);
    return place;
  }

  /** A new place with nothing in it but an embedded SuperOffice, which goes when the bench ends. */
  async bare(name) {
    const folder = mkdtempSync(join(this.#folder, `${name}-`));
    const place = new Place(folder, await Place.sandboxIn(folder));
    this.#bare.push(place);
    return place;
  }

  async close() {
    for (const place of this.#open.values()) await (await place).close();
    for (const place of this.#bare) {
      await place.close();
      rmSync(place.folder, { recursive: true, force: true });
    }
  }
}
