import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Surroundings } from './program.ts';
import type { Tenant } from './tenant.ts';

/** A folder with a config and data, as a user has it; gone after the test. */
export interface Workplace extends Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  write(name: string, text: string): Promise<void>;
  /** Every file of the state folder of profile `test`, by path in it. */
  state(): Promise<Map<string, string>>;
}

/** A folder of its own for one test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sic-runs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The profile `test` leads to `url` as the tenant's system user, without a rate limit. */
export async function workplace(
  tenant: Pick<Tenant, 'url' | 'username' | 'password'>,
  url = tenant.url,
  more: { readonly password?: string; readonly profile?: object; readonly config?: object } = {},
): Promise<Workplace> {
  const cwd = await emptyFolder();
  const write = (name: string, text: string) => writeFile(path.join(cwd, name), text);
  const auth = { type: 'basic', username: tenant.username, password: { env: 'SIC_PASSWORD' } };
  const profile = { url, auth, rate: 0, ...more.profile };
  await write('sic.config.json', JSON.stringify({ profiles: { test: profile }, ...more.config }));
  return {
    cwd,
    env: { SIC_PASSWORD: more.password ?? tenant.password },
    write,
    async state() {
      const folder = path.join(cwd, '.sic', 'test');
      const files = new Map<string, string>();
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath, entry.name);
        files.set(path.relative(folder, file), await readFile(file, 'latin1'));
      }
      return files;
    },
  };
}

/** The same for programs that are spawned there and have to wait much: their waits take a hundredth (hurried.mjs). */
export async function hurriedWorkplace(...given: Parameters<typeof workplace>): Promise<Workplace> {
  const place = await workplace(...given);
  const hurried = pathToFileURL(path.join(import.meta.dirname, 'hurried.mjs'));
  return { ...place, env: { ...place.env, NODE_OPTIONS: `--import ${hurried}` } };
}

/** A company file with keys `prefix-0001` to `prefix-COUNT`. */
export function companyFile(prefix: string, count: number): string {
  return `CompUserKey01;Name\n${keys(prefix, count)
    .map(key => `${key};Company ${key}\n`)
    .join('')}`;
}

export function keys(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(4, '0')}`);
}

/** Each of these keys, once: what `Tenant.companies` must answer. */
export function eachOnce(prefix: string, count: number): Map<string, number> {
  return new Map(keys(prefix, count).map(key => [key, 1]));
}
