import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeCompanies } from './companies.mjs';
import { keepState, restoreState } from './kept-state.mjs';
import { expectCounts, Place } from './place.mjs';

/** What the files that are made hold, by their names. */
const variants = {
  companies: {},
  'companies-changed': { change: 0.001 },
  'companies-requoted': { requote: 0.001 },
  'companies-shuffled': { shuffle: true },
  'companies-crlf': { crlf: true },
  'companies-mixed': { change: 0.001, drop: 0.0005, add: 500 },
};

/** So that files of another generator are never taken for ours. */
const generator = createHash('sha256')
  .update(readFileSync(new URL('./company.mjs', import.meta.url)))
  .update(readFileSync(new URL('./companies.mjs', import.meta.url)))
  .digest('hex')
  .slice(0, 8);

/**
 * A place for files of so many companies. The companies that SuperOffice holds stay in its folder, so that they need not be
 * created again.
 */
export class CompaniesPlace extends Place {
  #primed;

  static async open(parent, rows) {
    const folder = join(parent, `companies-${rows}-${generator}`);
    const sandbox = await Place.sandboxIn(folder, '--data', join(folder, 'superoffice'));
    return new CompaniesPlace(folder, sandbox, rows);
  }

  constructor(folder, sandbox, rows) {
    super(folder, sandbox);
    this.rows = rows;
  }

  /** What SuperOffice holds are the rows of `companies.csv`, and the state folder `csv` remembers them. As `prime`. */
  primed() {
    this.#primed ??= this.prime('companies.csv', 'csv');
    return this.#primed;
  }

  /** A file such as `companies-changed.csv` or `companies.xml`; it is made when it is not there. */
  file(name) {
    const path = this.path(name);
    if (existsSync(path)) return path;
    // Under its name only when it is complete: the bench may be ended meanwhile, and its places kept.
    const aside = this.path(`new-${name}`);
    writeCompanies(aside, this.rows, variants[name.slice(0, name.lastIndexOf('.'))]);
    renameSync(aside, path);
    return path;
  }

  import(name, state, ...flags) {
    this.file(name);
    return super.import(name, state, ...flags);
  }

  /**
   * Imports until all rows are known to be unchanged, and keeps that memory.
   * @returns the first import; `document.counts` tells whether SuperOffice held the rows already
   */
  async prime(name, state) {
    const first = await this.import(name, state);
    const again = await this.import(name, state);
    expectCounts(again, { unchanged: this.rows });
    keepState(this.statePath(state), this.#kept(state));
    return first;
  }

  forget(state) {
    rmSync(this.path(state), { recursive: true, force: true });
  }

  /** Puts back the memory that `prime` kept. */
  restore(state) {
    restoreState(this.#kept(state), this.statePath(state));
  }

  statePath(state) {
    return join(this.path(state), 'bench');
  }

  #kept(state) {
    return this.path(`${state}-kept`);
  }
}
