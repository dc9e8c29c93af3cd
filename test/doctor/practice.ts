import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type Captured, sic } from '../support/sic.ts';

/** The document of `sic doctor --json`, as far as tests look at it. */
export interface Diagnosis {
  readonly kind: string;
  readonly formatVersion: number;
  readonly profile: string;
  readonly tenant: string;
  readonly exitCode: number;
  readonly checks: readonly {
    readonly area: string;
    readonly name: string;
    readonly status: string;
    readonly found: string;
    readonly todo: string | null;
  }[];
  readonly made: readonly { readonly entity: string; readonly progId: string; readonly type: string }[];
  readonly fixable: number;
  readonly schedule: Readonly<Record<string, string | null | readonly string[]>> | null;
  readonly probe: {
    readonly tenant: string;
    readonly points: readonly { readonly name: string; readonly answer: string | null }[];
    readonly left: readonly object[];
    readonly stopped: string | null;
  } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A SuperOffice of its own and a folder with a profile `test` for it; both gone after the test. */
export interface Practice {
  readonly cwd: string;
  readonly url: string;
  write(name: string, text: string): Promise<void>;
  run(argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<Captured>;
  /** `sic doctor … --json`; standard output has to be one document. */
  doctor(
    argv?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Diagnosis & { stderr: string }>;
  /** Asks SuperOffice itself, as its administrator. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Makes a field as an administrator does by hand; `publish: false` leaves it in the draft. */
  define(entity: string, field: Readonly<Record<string, unknown>>, publish?: boolean): Promise<void>;
}

export async function practice(
  seed: 'demo' | 'empty',
  more: { readonly profile?: object; readonly config?: object; readonly ordinary?: true } = {},
): Promise<Practice> {
  const sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed });
  onTestFinished(() => sandbox.close());
  const cwd = await temporaryFolder();
  const write = (name: string, text: string) => writeFile(join(cwd, name), text);
  const { username, password } = more.ordinary ? sandbox.ordinary : sandbox;
  const auth = { type: 'basic', username, password: { env: 'SIC_PASSWORD' } };
  const profile = { url: sandbox.url, auth, rate: 0, ...more.profile };
  await write('sic.config.json', JSON.stringify({ profiles: { test: profile }, ...more.config }));
  const run = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    sic(argv, { cwd, env: { SIC_PASSWORD: password, ...env } });
  const credential = Buffer.from(`${sandbox.username}:${sandbox.password}`).toString('base64');

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${sandbox.url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Basic ${credential}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  return {
    cwd,
    url: sandbox.url,
    write,
    run,
    call,
    async doctor(argv = [], env = {}) {
      const { stdout, stderr, exitCode } = await run(['doctor', ...argv, '--json'], env);
      const document: Diagnosis = JSON.parse(stdout);
      if (document.exitCode !== exitCode) throw new Error(`exit code ${exitCode}: ${stdout}`);
      return { ...document, stderr };
    },
    async define(entity, field, publish = true) {
      const type = String(field.FieldType ?? 'ShortText');
      const template = await call('POST', `${entity}/UdefLayout?udefFieldType=${type}`);
      await call('PUT', `${entity}/UdefLayout`, [{ ...(template as object), ...field }]);
      if (publish) await call('POST', `${entity}/UdefLayout/Publish`);
    },
  };
}

/** Status and name of what needs a look: `missing Siteshop:CompUserKey01`. */
export function openPoints({ checks }: Pick<Diagnosis, 'checks'>): string[] {
  return checks
    .filter(({ status }) => status === 'missing' || status === 'advice')
    .map(({ status, name }) => `${status} ${name}`);
}

/** What was found, and what is to be done, under a name. */
export function told({ checks }: Diagnosis, name: string): string {
  const found = checks.filter(check => check.name === name);
  if (found.length === 0)
    throw new Error(`no check ${name} among ${checks.map(each => each.name).join(', ')}`);
  return found.map(check => `${check.status}: ${check.found} ${check.todo ?? ''}`).join('\n');
}
