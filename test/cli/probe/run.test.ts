import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ProbePorts, probeTenant } from '../../../src/cli/probe/run.ts';
import type { ChosenProfile } from '../../../src/config/profiles.ts';
import { openPointNames, openPoints } from '../../../src/superoffice/open-points.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { sic } from '../../support/sic.ts';

const embedded: ChosenProfile = { kind: 'sandbox', name: 'sandbox' };
const noon = Date.parse('2026-11-22T12:00:00Z');

function ports(stateRoot: string, more: Partial<ProbePorts> = {}): ProbePorts {
  return {
    rate: undefined,
    concurrency: undefined,
    stateRoot,
    env: {},
    program: 'sic',
    conceal: () => {},
    note: () => {},
    tell: () => {},
    now: () => noon,
    signal: new AbortController().signal,
    ...more,
  };
}

test('answers are kept with tenant, date and release, for nobody else to read; questions are told in turn', async () => {
  const stateRoot = await temporaryFolder();
  const told: string[] = [];
  const probe = await probeTenant(
    embedded,
    null,
    ports(stateRoot, { tell: question => told.push(question) }),
  );
  expect(told).toEqual(openPointNames.map(name => openPoints[name].question));
  expect(probe).toMatchObject({ tenant: 'Sandbox', stopped: null });
  const file = join(stateRoot, 'sandbox', 'open-points.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const kept = JSON.parse(await readFile(file, 'utf8'));
  expect(kept).toMatchObject({
    formatVersion: 1,
    tenant: 'Sandbox',
    database: expect.stringMatching(/./),
    probedAt: '2026-11-22T12:00:00.000Z',
    release: probe.release,
  });
  expect(probe.release).toMatch(/^\d+(\.\d+)+$/);
  expect(kept.answers).toEqual(
    Object.fromEntries(probe.points.flatMap(({ name, answer }) => (answer === null ? [] : [[name, answer]]))),
  );
});

test('interrupted: what was settled is kept beside what an earlier probe had found', async () => {
  const stateRoot = await temporaryFolder();
  const file = join(stateRoot, 'sandbox', 'open-points.json');
  await probeTenant(embedded, null, ports(stateRoot));
  const before = JSON.parse(await readFile(file, 'utf8'));
  const changed = { ...before.answers, 'post-archive-known': 'no', 'content-put-replaces': 'no' };
  await writeFile(file, JSON.stringify({ ...before, answers: changed }));

  const controller = new AbortController();
  const probe = await probeTenant(
    embedded,
    null,
    ports(stateRoot, {
      signal: controller.signal,
      tell: question => {
        if (question === openPoints['string-filters-ignore-case'].question) controller.abort('SIGINT');
      },
    }),
  );
  expect(probe.stopped).toBe('interrupted');
  const { answers } = JSON.parse(await readFile(file, 'utf8'));
  expect(answers).toEqual({ ...before.answers, 'content-put-replaces': 'no' });
});

test('answers of another database are not followed, and replaced', async () => {
  const stateRoot = await temporaryFolder();
  const file = join(stateRoot, 'sandbox', 'open-points.json');
  await probeTenant(embedded, null, ports(stateRoot));
  const mine = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(
    file,
    JSON.stringify({ ...mine, database: 'another', answers: { 'upsert-row-status-order': 'yes', old: 'x' } }),
  );
  await probeTenant(embedded, null, ports(stateRoot));
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(mine);
});

test('a damaged file ends every command that would follow it, with what to do', async () => {
  const cwd = await temporaryFolder();
  const stateRoot = join(cwd, '.sic');
  await probeTenant(embedded, null, ports(stateRoot));
  await writeFile(join(stateRoot, 'sandbox', 'open-points.json'), '{ "formatVersion": 1, ');
  await writeFile(join(cwd, 'companies.csv'), 'CompUserKey01;Name\nC-1;Fjordbygg AS\n');
  const ended = await sic(['import', 'companies.csv', '--sandbox'], { cwd });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain('open-points.json is damaged, or written by a newer version of sic.');
  expect(ended.stderr).toContain('sic doctor --probe');
  const error = await refusal(probeTenant(embedded, null, ports(stateRoot)));
  expect(error.code).toBe('state');
});

test('a tenant that has to be named is not even connected to', async () => {
  const stateRoot = await temporaryFolder();
  const profile = {
    kind: 'onsite',
    name: 'crm',
    url: 'https://crm.example.com/SuperOffice',
    ca: null,
    auth: { type: 'basic', username: 'SIC', password: { env: 'NOT_SET' } },
    rate: null,
    concurrency: null,
    keyFields: { Ticket: null, Message: null },
  } as const;
  const chosen: ChosenProfile = { kind: 'tenant', name: 'crm', profile };
  expect(await refusal(probeTenant(chosen, null, ports(stateRoot)))).toMatchObject({
    code: 'usage',
    hint: expect.stringContaining('--probe crm.example.com'),
  });
});
