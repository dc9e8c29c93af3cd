import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { practice } from './practice.ts';

test('an installation is probed when its host is named; the report comes after the checks, answers are kept', async () => {
  const here = await practice('demo');
  const { exitCode, stdout, stderr } = await here.run(['doctor', '--probe', '127.0.0.1']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('trying out: Do filters on texts ignore letter case?');
  expect(stdout.indexOf('Open points of')).toBeGreaterThan(stdout.indexOf('Mass operations'));
  expect(stdout).toContain('  patch-keeps-custom-fields: yes');
  const kept = JSON.parse(await readFile(join(here.cwd, '.sic', 'test', 'open-points.json'), 'utf8'));
  expect(kept.answers).toMatchObject({ 'patch-keeps-custom-fields': 'yes' });
});

test('JSON tells each point with its answer, and what is left', async () => {
  const here = await practice('demo');
  const { probe, exitCode } = await here.doctor(['--probe', '127.0.0.1']);
  expect(exitCode).toBe(0);
  expect(probe?.points).toContainEqual(
    expect.objectContaining({ name: 'cleared-date', answer: 'either', default: 'year-one' }),
  );
  expect(probe?.points).toContainEqual(expect.objectContaining({ name: 'too-many-requests', answer: null }));
  expect(probe).toMatchObject({ stopped: null, left: [expect.objectContaining({ what: 'Attachment' })] });
});

test('without its name nothing is asked of an installation', async () => {
  const here = await practice('demo');
  const { exitCode, stdout, stderr } = await here.run(['doctor', '--probe']);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`--probe ${new URL(here.url).host}`);
});

test('a file behind --probe is taken for a tenant, and said to be none', async () => {
  const here = await practice('demo');
  const { exitCode, stderr } = await here.run(['doctor', '--probe', 'companies.csv']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--probe names "companies.csv"');
  expect(stderr).toContain('Files stand before --probe');
});

test('where the sign-in is refused there is no probe', async () => {
  const here = await practice('demo');
  const { probe, exitCode } = await here.doctor(['--probe', '127.0.0.1'], { SIC_PASSWORD: 'wrong' });
  expect(exitCode).toBe(3);
  expect(probe).toBeNull();
});
