import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { chooseProfile, type ProfileWish } from '../../src/config/profiles.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { configFolder } from './harness.ts';

const entry = { url: 'https://crm.example.com', auth: { type: 'ticket', ticket: { env: 'T' } } };
const nothing: ProfileWish = { named: null, sandbox: false };
const flag = (name: string): ProfileWish => ({ named: { name, by: '--profile' }, sandbox: false });

async function choose(content: unknown, wish: ProfileWish) {
  const cwd = content === null ? await temporaryFolder() : await configFolder(content);
  return chooseProfile(await loadConfig({ file: null, cwd }), wish);
}

test.each([
  ['the only one', { profiles: { prod: entry } }, nothing, 'prod'],
  ['the default', { defaultProfile: 'b', profiles: { a: entry, b: entry } }, nothing, 'b'],
  ['the named one', { defaultProfile: 'b', profiles: { a: entry, b: entry } }, flag('a'), 'a'],
  ['--sandbox', { profiles: { prod: entry } }, { named: null, sandbox: true }, 'sandbox'],
  ['--profile sandbox', null, flag('sandbox'), 'sandbox'],
  ['sandbox as default', { defaultProfile: 'sandbox', profiles: { a: entry } }, nothing, 'sandbox'],
  [
    '--sandbox beats SIC_PROFILE',
    { profiles: { prod: entry } },
    { named: { name: 'prod', by: 'SIC_PROFILE' }, sandbox: true },
    'sandbox',
  ],
] as const)('%s', async (_name, content, wish, expected) => {
  expect((await choose(content, wish)).name).toBe(expected);
});

test('nothing configured', async () => {
  expect(await refusal(() => choose(null, nothing))).toMatchObject({
    code: 'config',
    message: 'No SuperOffice is configured: there is no sic.config.json here or in a folder above.',
    hint: 'Try it without one: add --sandbox to the command. Or describe your SuperOffice in a config file: sic init writes one.',
  });
});

test('several, and none named', async () => {
  expect(await refusal(() => choose({ profiles: { test: entry, prod: entry } }, nothing))).toMatchObject({
    message: 'There are several profiles: test, prod.',
    hint: 'Say which one: --profile test, or "defaultProfile" in the config file.',
  });
});

test('unknown', async () => {
  expect(await refusal(() => choose({ profiles: { prod: entry } }, flag('prd')))).toMatchObject({
    code: 'config',
    message: 'There is no profile "prd" (--profile).',
    hint: 'Did you mean "prod"? There is: prod, sandbox.',
  });
});

test('--sandbox and another profile', async () => {
  const wish: ProfileWish = { named: { name: 'prod', by: '--profile' }, sandbox: true };
  expect(await refusal(() => choose({ profiles: { prod: entry } }, wish))).toMatchObject({
    code: 'usage',
    message: '--sandbox and --profile prod contradict each other.',
  });
});
