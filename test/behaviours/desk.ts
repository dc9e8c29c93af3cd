import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { type Answer, readAnswer } from '../support/answer.ts';
import { sic } from '../support/sic.ts';

/** A SuperOffice that is there all the time, so that users can work in it, and a folder with a config that leads to it. */
export interface Desk {
  readonly tenant: Tenant;
  readonly folder: string;
  file(name: string, lines: readonly string[]): Promise<void>;
  /** A file of any kind, with the folders it is in. */
  put(name: string, content: string | Uint8Array): Promise<void>;
  run(...argv: string[]): Promise<Answer & { readonly stderr: string }>;
}

/** Cleared away after the test. @param profile goes into the profile of the config */
export async function openDesk(
  config: object = {},
  {
    profile = {},
    env = {},
    quirks = {},
  }: {
    readonly profile?: object;
    readonly env?: Readonly<Record<string, string>>;
    /** What the sandbox does where SuperOffice's documents leave it open. */
    readonly quirks?: Parameters<typeof Tenant.start>[0];
  } = {},
): Promise<Desk> {
  const tenant = await Tenant.start(quirks);
  onTestFinished(() => tenant.close());
  const folder = await mkdtemp(join(tmpdir(), 'sic-desk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { url, username, password } = tenant.sandbox;
  const crm = {
    url,
    rate: 0,
    auth: { type: 'basic', username, password: { env: 'SIC_PASSWORD' } },
    ...profile,
  };
  await writeFile(join(folder, 'sic.config.json'), JSON.stringify({ profiles: { crm }, ...config }));
  return {
    tenant,
    folder,
    file: (name, lines) => writeFile(join(folder, name), lines.map(line => `${line}\n`).join('')),
    put: async (name, content) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    },
    run: async (...argv) => {
      const ran = await sic([...argv, '--json'], { cwd: folder, env: { SIC_PASSWORD: password, ...env } });
      return { ...readAnswer(ran.stdout), exitCode: ran.exitCode, stderr: ran.stderr };
    },
  };
}

/** The counts that are not 0. */
export function counted({ counts }: Answer): object {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}
