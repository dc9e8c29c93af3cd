import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCompanies } from './companies.mjs';
import { timed } from './measure.mjs';
import { sic, startSandbox } from './sandbox-process.mjs';

/** What the files that are made hold, by their names. */
const variants = {
  companies: {},
  'companies-changed': { change: 0.001 },
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
 * A folder with an embedded SuperOffice of its own, a config, and files of so many companies. The data stay in the folder:
 * the companies that SuperOffice holds need not be created again.
 */
export class CompaniesPlace {
  #sandbox;
  #env;

  static async open(parent, rows) {
    const place = new CompaniesPlace();
    place.rows = rows;
    place.folder = join(parent, `companies-${rows}-${generator}`);
    mkdirSync(place.folder, { recursive: true });
    place.#sandbox = await startSandbox('--data', place.path('superoffice'));
    const { url, username, password } = place.#sandbox;
    place.#env = { ...process.env, BENCH_PASSWORD: password };
    const auth = { type: 'basic', username, password: { env: 'BENCH_PASSWORD' } };
    const bench = { url, auth, rate: 0, concurrency: 8 };
    writeFileSync(place.path('sic.config.json'), JSON.stringify({ profiles: { bench } }));
    return place;
  }

  path(name) {
    return join(this.folder, name);
  }

  /** A file such as `companies-changed.csv` or `companies.xml`; it is made when it is not there. */
  file(name) {
    const path = this.path(name);
    const wishes = variants[name.slice(0, name.lastIndexOf('.'))];
    if (!existsSync(path)) writeCompanies(path, this.rows, wishes);
    return path;
  }

  /** Runs sic here. Throws when it ends with another exit code than 0. */
  async sic(...args) {
    const measured = await timed(sic, [...args, '--json'], { cwd: this.folder, env: this.#env });
    if (measured.code !== 0)
      throw new Error(`sic ${args.join(' ')}: exit code ${measured.code}\n${measured.stdout.slice(0, 2000)}`);
    return { ...measured, document: JSON.parse(measured.stdout) };
  }

  /** Imports a file with a memory of its own (a state folder of that name), and changes as many records as it takes. */
  import(name, state, ...flags) {
    this.file(name);
    return this.sic('import', name, '--state-dir', state, '--max-changes', '100%', ...flags);
  }

  /**
   * Imports until all rows are known to be unchanged, and keeps that memory.
   * @returns the first import; `document.counts` tells whether SuperOffice held the rows already
   */
  async prime(name, state) {
    const first = await this.import(name, state);
    const again = await this.import(name, state);
    expectCounts(again, { unchanged: this.rows });
    rmSync(this.#kept(state), { recursive: true, force: true });
    cpSync(this.path(state), this.#kept(state), { recursive: true });
    return first;
  }

  /** Puts back the memory that `prime` kept. */
  restore(state) {
    rmSync(this.path(state), { recursive: true, force: true });
    cpSync(this.#kept(state), this.path(state), { recursive: true });
  }

  forget(state) {
    rmSync(this.path(state), { recursive: true, force: true });
  }

  #kept(state) {
    return this.path(`${state}-kept`);
  }

  async close() {
    await this.#sandbox.stop();
  }
}

/** A measurement of something else than was meant is worth nothing. */
export function expectCounts({ document }, expected) {
  for (const [name, count] of Object.entries(expected))
    if (document.counts[name] !== count)
      throw new Error(`Not ${count} ${name}: ${JSON.stringify(document.counts)}`);
}
