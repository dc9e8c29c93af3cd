import { readFileSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { probeTenant } from '../../src/cli/probe/run.ts';
import { loadConfig } from '../../src/config/load.ts';
import { chooseProfile } from '../../src/config/profiles.ts';
import { type QuirkName, type Quirks, quirkTable } from '../../src/sandbox/server.ts';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { type Answer, readAnswer } from '../support/answer.ts';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';
import { readExpectation } from './expectation.ts';

/** Behaviours that create, update, clear, and look with --full whether all of it is there: every field of a datatype. */
const all = [
  'every-company-field',
  'empty-cells-clear',
  'address-keeps-its-rest',
  'interests-are-only-added',
  'phones-and-emails',
  'every-person-field',
  'every-project-field',
  'every-sale-field',
  'every-appointment-field',
  'every-document-field',
  'document-content-changed',
  'every-ticket-field',
  'every-message-field',
];

/** Behaviours that touch what is open; tags have a test of their own. */
const touched: Readonly<Record<QuirkName, readonly string[]>> = {
  'patch-keeps-custom-fields': ['empty-cells-clear', 'every-project-field', 'every-ticket-field'],
  'values-in-one-in': ['every-company-field'],
  'string-filters-ignore-case': ['every-company-field', 'every-message-field', 'keys'],
  'cleared-reference': ['empty-cells-clear', 'every-sale-field', 'every-ticket-field'],
  'cleared-date': ['empty-cells-clear', 'every-project-field'],
  'partial-interests-unselect': ['interests-are-only-added'],
  'post-takes-address': ['every-company-field', 'every-person-field', 'address-keeps-its-rest'],
  'rating-moves-probability': ['every-sale-field'],
  'earning-recalculated': ['every-sale-field', 'sale-earning'],
  'content-put-replaces': ['document-content-changed'],
  'archive-amends-names': ['every-document-field'],
  'message-created-at-honoured': ['every-message-field'],
  'attachment-list-sizes': ['every-message-field', 'message-attachments'],
  'tags-through-lists': ['every-company-field'],
  'foreign-key-saved-twice': ['every-ticket-field'],
  'post-archive-known': ['every-company-field'],
  'refusal-of-missing': ['every-message-field'],
  'refusal-of-invalid': ['values-of-the-wrong-kind'],
  'refusal-of-duplicate': ['list-value-added'],
  'too-many-requests': ['create-then-unchanged'],
  // No behaviour asks for mass operations.
  'mass-operations': [],
  'refusal-of-mass-operation': [],
};

const contrary = Object.entries(quirkTable).flatMap(([name, { values }]) =>
  values.slice(1).map(value => [name as QuirkName, value] as const),
);

/** A folder whose config leads to a SuperOffice with these quirks. */
async function openDesk(quirks: Partial<Quirks>, behaviour: string | null) {
  const tenant = await Tenant.start(quirks);
  onTestFinished(() => tenant.close());
  const cwd = await temporaryFolder();
  if (behaviour !== null) await cp(join(import.meta.dirname, behaviour), cwd, { recursive: true });
  const { url, username, password } = tenant.sandbox;
  const env = { SIC_PASSWORD: password };
  const stateRoot = join(cwd, 'state');
  const profile = { url, rate: 0, auth: { type: 'basic', username, password: { env: 'SIC_PASSWORD' } } };
  for (const name of ['sic.config.json', 'clear.config.json']) {
    const file = join(cwd, name);
    const config = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
    await writeFile(file, JSON.stringify({ ...config, profiles: { crm: profile } }));
  }
  return {
    tenant,
    write: (name: string, lines: readonly string[]) => writeFile(join(cwd, name), lines.join('\n')),
    async edit(name: string, from: string, to: string): Promise<void> {
      const text = await readFile(join(cwd, name), 'utf8');
      expect(text).toContain(from);
      await writeFile(join(cwd, name), text.replaceAll(from, to));
    },
    async run(...argv: readonly string[]): Promise<Answer> {
      const words = argv.filter(word => word !== '--sandbox');
      const ran = await sic([...words, '--json', '--state-dir', stateRoot], { cwd, env });
      return { ...readAnswer(ran.stdout), exitCode: ran.exitCode };
    },
    async probe(): Promise<void> {
      const config = await loadConfig({ file: null, cwd });
      const chosen = chooseProfile(config, { named: null, sandbox: false });
      await probeTenant(chosen, '127.0.0.1', {
        rate: undefined,
        concurrency: 8,
        stateRoot,
        env,
        program: 'sic',
        conceal: () => {},
        note: () => {},
        tell: () => {},
        now: Date.now,
        signal: new AbortController().signal,
      });
    },
  };
}

/** What became of the behaviour's steps, and what its own expectation says. */
async function steps(behaviour: string, quirks: Partial<Quirks>, how: 'probed' | 'unprobed') {
  const text = readFileSync(join(import.meta.dirname, behaviour, 'expected.json'), 'utf8');
  const desk = await openDesk(quirks, behaviour);
  if (how === 'probed') await desk.probe();
  const wanted: object[] = [];
  const found: object[] = [];
  for (const { argv, exitCode = 0, counts = {}, edit } of readExpectation(text, behaviour).steps) {
    if (argv.some(word => word.includes('<rejects>'))) break;
    if (edit) await desk.edit(edit.file, edit.from, edit.to);
    wanted.push({ argv, exitCode, counts });
    const answer = await desk.run(...argv);
    const not0 = Object.entries(answer.counts).filter(([, count]) => count !== 0);
    found.push({ argv, exitCode: answer.exitCode, counts: Object.fromEntries(not0) });
  }
  return { wanted, found };
}

const met = contrary.filter(([name]) => touched[name].length > 0);

describe.each(met)('%s=%s: once probed, everything goes as usual', (name, value) => {
  test.each(touched[name])(
    '%s',
    async behaviour => {
      const { wanted, found } = await steps(behaviour, { [name]: value }, 'probed');
      expect(found).toEqual(wanted);
      expect(found.length).toBeGreaterThan(0);
    },
    60_000,
  );
});

/** Every open point the other way at once, but for tags, which the behaviours make, and throttling, which takes its time. */
const otherWay = Object.fromEntries(
  contrary.filter(([name]) => name !== 'tags-through-lists' && name !== 'too-many-requests'),
);

test.each(all)(
  'all of them at once: %s',
  async behaviour => {
    const { wanted, found } = await steps(behaviour, otherWay, 'probed');
    expect(found).toEqual(wanted);
  },
  60_000,
);

test.each([
  ['patch-keeps-custom-fields', 'no', 'every-project-field'],
  ['cleared-reference', 'null', 'every-sale-field'],
  ['cleared-date', 'empty-text', 'every-sale-field'],
  ['post-takes-address', 'no', 'every-company-field'],
  ['content-put-replaces', 'no', 'document-content-changed'],
  ['attachment-list-sizes', 'no', 'every-message-field'],
  ['refusal-of-missing', '400:ArgumentException', 'every-ticket-field'],
] as const)('%s=%s is followed: without a probe %s goes otherwise', async (name, value, behaviour) => {
  const { wanted, found } = await steps(behaviour, { [name]: value }, 'unprobed');
  expect(found).not.toEqual(wanted);
});

const rows = Array.from({ length: 130 }, (_, index) => index + 1);

test.each(['values-in-one-in', 'post-archive-known'] as const)('%s: many rows', async name => {
  const value = quirkTable[name].values.at(-1);
  const { probe, run, write } = await openDesk({ [name]: value }, null);
  await probe();
  const file = (phone: number): string[] => [
    'CompUserKey01;Name;Phone1;Description;Interests',
    ...rows.map(n => `C-${n};A company with a rather long name ${n};${phone + n};Text ${n};Golf`),
  ];
  const persons = ['PersUserKey01;CompUserKey01;Lastname', ...rows.map(n => `P-${n};C-${131 - n};Nordmann`)];
  await write('companies.csv', file(100));
  await write('persons.csv', persons);
  const made = await run('import', 'companies.csv', 'persons.csv');
  expect(made.counts).toMatchObject({ read: 260, created: 260 });
  await write('companies.csv', file(200));
  expect((await run('import', 'companies.csv')).counts).toMatchObject({ read: 130, updated: 130 });
  const full = await run('import', 'companies.csv', 'persons.csv', '--full');
  expect(full.counts).toMatchObject({ read: 260, current: 260 });
});

test('lists of a hundred values fail where nobody has found out that twenty are the most', async () => {
  const { run, write } = await openDesk({ 'values-in-one-in': '20' }, null);
  await write('companies.csv', ['CompUserKey01;Name;Phone1', ...rows.map(n => `C-${n};Company ${n};${n}`)]);
  await run('import', 'companies.csv');
  const full = await run('validate', 'companies.csv', '--full');
  expect(full.counts.failed).toBeGreaterThan(0);
});

test('tags that cannot be made are refused before anything is written', async () => {
  const { probe, run, write } = await openDesk({ 'tags-through-lists': 'no' }, null);
  await write('tickets.csv', ['TickUserKey01;Title;AddTags', 'T-1;Lamp 2 blinks;Quite new']);
  const unprobed = await run('import', 'tickets.csv');
  expect(unprobed.counts).toMatchObject({ read: 1, failed: 1 });
  await probe();
  const probed = await run('import', 'tickets.csv');
  expect(probed.counts).toMatchObject({ read: 1, rejected: 1 });
  expect(probed.rows[0]?.problems).toMatchObject([{ code: 'list-not-addable' }]);
  expect(probed.requests.write).toBe(0);
});
