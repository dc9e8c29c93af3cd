import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { zipPassword } from '../../src/config/zip-password.ts';
import { refusal } from '../support/refusal.ts';
import { configFolder } from './harness.ts';

async function configWith(password: unknown) {
  const folder = await configFolder(password === null ? {} : { zip: { password } });
  return { folder, config: await loadConfig({ file: null, cwd: folder }) };
}

test.each([
  ['nowhere', null, {}, null],
  ['in the environment', null, { SIC_ZIP_PASSWORD: 'hunter2' }, 'hunter2'],
  ['in a variable the config names', { env: 'P' }, { P: ' hunter 2 ' }, ' hunter 2 '],
  ['in both: the environment wins', { env: 'P' }, { P: 'config', SIC_ZIP_PASSWORD: 'hunter2' }, 'hunter2'],
  ['in the config, and the variable is empty', { env: 'P' }, { P: 'config', SIC_ZIP_PASSWORD: '' }, 'config'],
  ['nowhere, and the variable is empty', null, { SIC_ZIP_PASSWORD: '' }, null],
])('a password %s', async (_name, password, env, expected) => {
  const { config } = await configWith(password);
  expect(await zipPassword(config, { env })).toBe(expected);
});

test('in a file beside the config, for its owner alone', async () => {
  const { folder, config } = await configWith({ file: 'secrets/zip' });
  const file = path.join(folder, 'secrets', 'zip');
  await mkdir(path.dirname(file));
  await writeFile(file, 'hunter2\n', { mode: 0o600 });
  expect(await zipPassword(config, { env: {} })).toBe('hunter2');
  await chmod(file, 0o644);
  const error = await refusal(() => zipPassword(config, { env: {} }));
  expect(error.message).toBe(
    `The file ${file}, which holds the password of zip files, can be read by other users of this machine (mode 0644).`,
  );
});

test('in the keychain', async () => {
  const { config } = await configWith({ keychain: 'sic/zip/password' });
  const keychain = async () => ({
    getPassword: async (service: string, account: string) => `${service}|${account}`,
  });
  expect(await zipPassword(config, { env: {}, keychain })).toBe('sic|zip/password');
});

test('a variable that the config names and nobody has set', async () => {
  const { config } = await configWith({ env: 'P' });
  expect(await refusal(() => zipPassword(config, { env: {} }))).toMatchObject({
    code: 'config',
    message: 'The environment variable P, which holds the password of zip files, is not set.',
  });
});
