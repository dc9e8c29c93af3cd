import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSecret } from '../../src/config/secrets.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

const what = 'the password of profile "prod"';

async function secretFile(text: string, mode: number): Promise<string> {
  const file = path.join(await temporaryFolder(), 'secret');
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

test('from the environment', async () => {
  expect(await readSecret({ env: 'P' }, { env: { P: 'hunter2' } }, what)).toBe('hunter2');
  const missing = await refusal(() => readSecret({ env: 'P' }, { env: {} }, what));
  expect(missing.message).toBe(
    'The environment variable P, which holds the password of profile "prod", is not set.',
  );
  expect(missing.hint).toContain('export P=…');
  const empty = await refusal(() => readSecret({ env: 'P' }, { env: { P: '' } }, what));
  expect(empty.message).toContain('is empty.');
});

test.each([
  ['hunter2\n', 'hunter2'],
  ['hunter2\r\n', 'hunter2'],
  [' hunter2 ', ' hunter2 '],
  ['hunter2\n\n', 'hunter2\n'],
])('from a file: %j', async (text, secret) => {
  const file = await secretFile(text, 0o600);
  expect(await readSecret({ file }, { env: {} }, what)).toBe(secret);
});

test.each([0o640, 0o604, 0o666])('a file that others can read is refused: %o', async mode => {
  const file = await secretFile('hunter2', mode);
  const error = await refusal(() => readSecret({ file }, { env: {} }, what));
  expect(error).toMatchObject({ code: 'config', hint: `Take their rights away: chmod 600 "${file}"` });
  expect(error.message).toContain(`can be read by other users of this machine (mode 0${mode.toString(8)})`);
});

test('a file that is missing, or empty', async () => {
  const file = await secretFile('\n', 0o600);
  expect((await refusal(() => readSecret({ file }, { env: {} }, what))).message).toContain('is empty.');
  const gone = await refusal(() => readSecret({ file: `${file}x` }, { env: {} }, what));
  expect(gone.message).toContain('does not exist.');
});

test('from the keychain: service up to the first slash, account after it', async () => {
  const asked: string[] = [];
  const keychain = async () => ({
    getPassword: async (service: string, account: string) => {
      asked.push(`${service}|${account}`);
      return 'hunter2';
    },
  });
  expect(await readSecret({ keychain: 'sic/prod/password' }, { env: {}, keychain }, what)).toBe('hunter2');
  await readSecret({ keychain: 'alone' }, { env: {}, keychain }, what);
  expect(asked).toEqual(['sic|prod/password', 'sic|alone']);
});

test.each([
  [
    'no libsecret',
    async () => {
      throw new Error('Failed to load keytar native addon\nstack');
    },
    'The keychain of this machine, which holds the password of profile "prod", cannot be opened.',
    'libsecret-1-0',
  ],
  [
    'no D-Bus',
    async () => ({
      getPassword: async () => {
        throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
      },
    }),
    'The keychain of this machine does not answer, so the password of profile "prod" cannot be read.',
    'no D-Bus session',
  ],
  [
    'locked',
    async () => ({ getPassword: async () => null }),
    'The keychain has no entry sic/prod for the password of profile "prod", or it is locked (both look the same from outside).',
    'Unlock it, or store the entry',
  ],
])('keychain: %s', async (_name, keychain, message, hint) => {
  const error = await refusal(() => readSecret({ keychain: 'sic/prod' }, { env: {}, keychain }, what));
  expect(error.code).toBe('config');
  expect(error.message).toBe(message);
  expect(error.hint).toContain(hint);
});

test('the real keychain of this machine answers or says what to do', async () => {
  const entry = { keychain: 'sic/no-such-entry-of-the-tests' };
  const error = await refusal(() => readSecret(entry, { env: {} }, what));
  expect(error.hint).toContain('{ "env": "NAME" }');
});
