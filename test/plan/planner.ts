import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanHead, PlanRow } from '../../src/import/shown/format.ts';
import type { Answer } from '../support/answer.ts';
import { sic } from '../support/sic.ts';
import { type Practice, openPractice } from '../undo/practice.ts';

export interface Told extends Answer {
  readonly stderr: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
    readonly detail?: string;
  } | null;
}

export interface Planner extends Practice {
  /** `sic … --json` */
  told(...argv: string[]): Promise<Told>;
  /** `sic import --plan plan.json … --json` */
  carryOut(...argv: string[]): Promise<Told>;
  plan(): Promise<PlanHead & { readonly rows: readonly PlanRow[] }>;
  text(): Promise<string>;
  /** Replaces the plan. */
  rewrite(change: (text: string) => string): Promise<void>;
  /** As a user does it in SuperOffice: the company with this key gets another name or department. */
  edit(key: string, fields: Record<string, unknown>): Promise<void>;
  idOf(key: string): Promise<number>;
  /** Names of all companies by key, of those that have one. */
  names(): Promise<Record<string, string>>;
  /** The same folder with another way to SuperOffice. */
  through(url: string): Promise<void>;
}

export async function openPlanner(config: object = {}): Promise<Planner> {
  const practice = await openPractice(config);
  const { folder, tenant, said } = practice;
  const place = join(folder, 'plan.json');
  const companies = async (): Promise<Record<string, string>[]> => {
    const { stdout } = await said('export', '--datatype', 'Company', '--format', 'json');
    return JSON.parse(stdout);
  };
  const idOf = async (key: string): Promise<number> => {
    const one = (await companies()).find(({ CompUserKey01 }) => CompUserKey01 === key);
    return Number(one?.SuperOfficeId);
  };
  const told = async (...argv: string[]): Promise<Told> => {
    const { stdout, stderr, exitCode } = await said(...argv, '--json');
    const answer: Told = { ...JSON.parse(stdout), stderr };
    return { ...answer, exitCode };
  };
  return {
    ...practice,
    told,
    idOf,
    carryOut: (...argv) => told('import', '--plan', 'plan.json', ...argv),
    plan: async () => JSON.parse(await readFile(place, 'utf8')),
    text: () => readFile(place, 'utf8'),
    rewrite: async change => writeFile(place, change(await readFile(place, 'utf8'))),
    edit: async (key, fields) => {
      const id = await idOf(key);
      const operations = Object.entries(fields).map(([name, value]) => ({
        op: 'replace',
        path: `/${name}`,
        value,
      }));
      await tenant.call('PATCH', `/v1/Contact/${id}`, { body: operations });
    },
    names: async () =>
      Object.fromEntries(
        (await companies())
          .filter(({ CompUserKey01 }) => CompUserKey01)
          .map(({ CompUserKey01, Name }) => [CompUserKey01, Name ?? '']),
      ),
    through: async url => {
      const file = join(folder, 'sic.config.json');
      const written = JSON.parse(await readFile(file, 'utf8'));
      written.profiles.crm.url = url;
      await writeFile(file, JSON.stringify(written));
    },
  };
}
