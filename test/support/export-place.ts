import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import { type Captured, type Surroundings, sic } from './sic.ts';
import { emptyFolder } from './workplace.ts';

/** What `--json` and the default format print: one list, by the name of the search. */
export type Row = Readonly<Record<string, string>>;

/** A folder with a config whose profile `crm` leads to a SuperOffice. */
export interface ExportPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs the program here, in this process: `export --datatype Company` and what else has no space in it. */
  run(line: string | readonly string[], more?: Partial<Surroundings>): Promise<Captured>;
  /** Runs an export that must end well, and reads its rows. */
  rows(line: string | readonly string[], more?: Partial<Surroundings>): Promise<readonly Row[]>;
  configure(config: object): Promise<void>;
  read(name: string): Promise<string>;
}

export interface PlaceOptions {
  /** Another way to the SuperOffice: a proxy. */
  readonly url?: string;
  readonly config?: object;
  readonly profile?: object;
}

/** Gone after the test. */
export async function exportPlace(
  { url, username, password }: Pick<RunningSandbox, 'url' | 'username' | 'password'>,
  options: PlaceOptions = {},
): Promise<ExportPlace> {
  const cwd = await emptyFolder();
  const auth = { type: 'basic', username, password: { env: 'SIC_PASSWORD' } };
  const crm = { url: options.url ?? url, rate: 0, auth, ...options.profile };
  const env = { SIC_PASSWORD: password };
  const configure = (config: object) =>
    writeFile(join(cwd, 'sic.config.json'), JSON.stringify({ profiles: { crm }, ...config }));
  await configure(options.config ?? {});
  const run: ExportPlace['run'] = (line, more = {}) =>
    sic(typeof line === 'string' ? line.split(' ') : line, { cwd, env, ...more });
  return {
    cwd,
    env,
    run,
    async rows(line, more) {
      const { stdout, stderr, exitCode } = await run(line, more);
      if (exitCode !== 0) throw new Error(`${exitCode}: ${stderr}`);
      return rowsIn(stdout);
    },
    configure,
    read: name => readFile(join(cwd, name), 'utf8'),
  };
}

/** The rows of a JSON document. */
export function rowsIn(text: string): readonly Row[] {
  const [rows = []] = Object.values<readonly Row[]>(JSON.parse(text));
  return rows;
}

/** A SuperOffice in this process. To be closed by whoever starts it. */
export function startCrm(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  return startSandbox({ port: 0, data: null, latency: 0, seed: 'demo', ...options });
}

/** Asks the REST root of SuperOffice as its system user, past sic's client. */
export async function ask<T>(
  { url, username, password }: RunningSandbox,
  method: string,
  path: string,
  body?: object | Uint8Array,
): Promise<T> {
  const isBytes = body instanceof Uint8Array;
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      accept: 'application/json',
      'content-type': isBytes ? 'application/octet-stream' : 'application/json',
    },
    ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text || 'null');
}

/** Companies `PREFIX 0001` to `PREFIX COUNT`, made in this order. */
export async function makeCompanies(crm: RunningSandbox, prefix: string, count: number): Promise<void> {
  for (const name of companyNames(prefix, count)) await ask(crm, 'POST', '/Contact', { Name: name });
}

export function companyNames(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix} ${String(index + 1).padStart(4, '0')}`);
}
