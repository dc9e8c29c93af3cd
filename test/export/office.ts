import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Exchange, startRecordingProxy } from '../contract/recording-proxy.ts';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { type Answer, readAnswer } from '../support/answer.ts';
import { sic } from '../support/sic.ts';

/** A SuperOffice that many exports are tried against, and what they ask it. */
export interface Office {
  readonly tenant: Tenant;
  run(...argv: readonly string[]): Promise<Answer>;
  /** Rows of an export as texts: one column, or several joined by a blank. Throws what went wrong. */
  rows(...argv: readonly string[]): Promise<string[]>;
  /** What was asked of archives since the last time: address and query. */
  asked(): Exchange[];
  close(): Promise<void>;
}

export async function openOffice(config: object = {}): Promise<Office> {
  const tenant = await Tenant.start();
  const proxy = await startRecordingProxy(tenant.sandbox.url);
  const folder = await mkdtemp(join(tmpdir(), 'sic-office-'));
  const { username, password } = tenant.sandbox;
  const auth = { type: 'basic', username, password: { env: 'SIC_PASSWORD' } };
  const profiles = { crm: { url: proxy.url, rate: 0, auth } };
  await writeFile(join(folder, 'sic.config.json'), JSON.stringify({ profiles, ...config }));
  const run = async (...argv: readonly string[]): Promise<Answer> => {
    const ran = await sic([...argv, '--json'], { cwd: folder, env: { SIC_PASSWORD: password } });
    return { ...readAnswer(ran.stdout), exitCode: ran.exitCode };
  };
  let known = 0;
  return {
    tenant,
    run,
    async rows(...argv) {
      const answer = await run(...argv);
      const found = Object.values(answer).find(
        (value, index): value is Record<string, string>[] =>
          Array.isArray(value) && !standard.has(Object.keys(answer)[index] ?? ''),
      );
      if (!found) throw new Error(JSON.stringify(answer));
      return found.map(row => Object.values(row).join(' '));
    },
    asked() {
      const fresh = proxy.exchanges.slice(known).filter(({ path }) => /^\/v1\/Archive\/[^/$]+$/.test(path));
      known = proxy.exchanges.length;
      return fresh;
    },
    async close() {
      proxy.close();
      await tenant.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Lists that an answer to an import has. */
const standard: ReadonlySet<string> = new Set(['rows', 'warnings', 'fileWarnings', 'added']);
