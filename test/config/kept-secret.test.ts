import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keptSecret } from '../../src/config/kept-secret.ts';
import type { Keychain } from '../../src/config/keychain.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

const what = 'the sign-in of profile "me"';

test('in a file: made with its folder, for its owner alone, replaced as a whole, removed', async () => {
  const folder = path.join(await temporaryFolder(), 'secrets');
  const file = path.join(folder, 'refresh-token');
  const kept = keptSecret({ file }, what);
  expect(await kept.read()).toBeNull();
  await kept.write('first');
  expect(await kept.read()).toBe('first');
  await chmod(file, 0o644);
  expect((await refusal(kept.read())).message).toContain('can be read by other users');
  await kept.write('second');
  expect(await kept.read()).toBe('second');
  expect(await readFile(file, 'utf8')).toBe('second\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readdir(folder)).toEqual(['refresh-token']);
  await kept.remove();
  await kept.remove();
  expect(await kept.read()).toBeNull();
});

test('a file that cannot be written', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'taken');
  await mkdir(path.join(file, 'inside'), { recursive: true });
  const error = await refusal(keptSecret({ file }, what).write('s3cret'));
  expect(error).toMatchObject({ code: 'config' });
  expect(error.message).toContain(what);
  expect(`${error.message}${error.hint}`).not.toContain('s3cret');
  expect(await readdir(folder)).toEqual(['taken']);
});

/** A keychain of this test, as the operating system would keep it. */
function keychain(): Keychain {
  const entries = new Map<string, string>();
  return {
    getPassword: async (service, account) => entries.get(`${service}|${account}`) ?? null,
    setPassword: async (service, account, password) => {
      entries.set(`${service}|${account}`, password);
    },
    deletePassword: async (service, account) => entries.delete(`${service}|${account}`),
  };
}

test('in the keychain', async () => {
  const chain = keychain();
  const kept = keptSecret({ keychain: 'sic/me/refresh-token' }, what, async () => chain);
  expect(await kept.read()).toBeNull();
  await kept.write('first');
  expect(await chain.getPassword('sic', 'me/refresh-token')).toBe('first');
  expect(await kept.read()).toBe('first');
  await kept.remove();
  await kept.remove();
  expect(await kept.read()).toBeNull();
});

test.each<[string, () => Promise<Keychain>, string]>([
  ['absent', () => Promise.reject(new Error('no libsecret')), 'cannot be opened'],
  [
    'without a desktop',
    async () => ({
      ...keychain(),
      setPassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus')),
    }),
    'does not answer',
  ],
])('a keychain that is %s', async (_name, load, says) => {
  const error = await refusal(keptSecret({ keychain: 'sic/x' }, what, load).write('s3cret'));
  expect(error).toMatchObject({ code: 'config' });
  expect(error.message).toContain(says);
  expect(error.hint).toContain('"file"');
  expect(`${error.message}${error.hint}${error.detail}`).not.toContain('s3cret');
});
