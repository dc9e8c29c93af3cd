import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanHead, PlanRow } from '../../src/import/shown/format.ts';
import { array } from '../sandbox/entities/tenant.ts';
import type { Answer } from '../support/answer.ts';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { openPractice, type Practice } from '../undo/practice.ts';

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
  /** `sic validate … --out plan.json --json` */
  make(...argv: string[]): Promise<Told>;
  /** `sic import --plan plan.json … --json` */
  carryOut(...argv: string[]): Promise<Told>;
  plan(): Promise<PlanHead & { readonly rows: readonly PlanRow[] }>;
  /** Replaces a text file of the folder. */
  rewrite(name: string, change: (text: string) => string): Promise<void>;
  /** Companies by key, as SuperOffice holds them. */
  companies(): Promise<Record<string, { readonly id: number; readonly name: string }>>;
  /** What a user of SuperOffice does to a company. */
  edit(key: string, field: string, value: string): Promise<void>;
  /** From now on the profile leads there through a proxy. */
  throughProxy(): Promise<FaultyProxy>;
}

const keyColumn = 'contactUdef/Siteshop:CompUserKey01';

export async function openPlanner(config: object = {}): Promise<Planner> {
  const practice = await openPractice(config);
  const { folder, tenant, said } = practice;
  const rewrite = async (name: string, change: (text: string) => string) => {
    const place = join(folder, name);
    await writeFile(place, change(await readFile(place, 'utf8')));
  };
  const told = async (...argv: string[]): Promise<Told> => {
    const { stdout, stderr, exitCode } = await said(...argv, '--json');
    const answer: Told = { ...JSON.parse(stdout), stderr };
    return { ...answer, exitCode };
  };
  const companies = async () => {
    const query = new URLSearchParams({ $select: `contactId,name,${keyColumn}`, $top: '500' });
    const { value } = await tenant.json('GET', `/v1/Contact?${query}`);
    const keyed = array(value).filter(row => row[keyColumn]);
    return Object.fromEntries(
      keyed.map(row => [String(row[keyColumn]), { id: Number(row.contactId), name: String(row.name) }]),
    );
  };
  return {
    ...practice,
    told,
    make: (...argv) => told('validate', ...argv, '--out', 'plan.json'),
    carryOut: (...argv) => told('import', '--plan', 'plan.json', ...argv),
    plan: async () => JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')),
    rewrite,
    companies,
    edit: async (key, field, value) => {
      const { [key]: company } = await companies();
      await tenant.json('PATCH', `/v1/Contact/${company?.id}`, [{ op: 'replace', path: `/${field}`, value }]);
    },
    throughProxy: async () => {
      const { url } = tenant.sandbox;
      const proxy = await startFaultyProxy(url);
      await rewrite('sic.config.json', text => text.replace(url, proxy.url));
      return proxy;
    },
  };
}
