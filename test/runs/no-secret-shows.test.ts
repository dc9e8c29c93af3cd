import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { RunningSandbox } from '../../src/sandbox/server.ts';
import type { Captured } from '../support/sic.ts';
import {
  changingProxy,
  keychainOf,
  online,
  personAt,
  type SignInPlace,
  signInPlace,
  textsBelow,
} from '../support/signing-in.ts';

/** As they are, and as they are written in addresses, forms, JSON and Base64. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
}

/** Whatever the profiles of a place sign in with. */
function secretsOf(sandbox: RunningSandbox, env: Readonly<Record<string, string>>): readonly string[] {
  const { clientSecret, systemUserToken, privateKeyPem } = sandbox.app();
  const lines = privateKeyPem.split('\n').filter(line => line.length > 30);
  const account = Buffer.from(`${sandbox.username}:${env.SIC_PASSWORD}`).toString('base64');
  return [clientSecret, systemUserToken, ...lines, account, env.SIC_TICKET ?? ''];
}

/** Tickets and access tokens, whoever was given them. */
const credentialShapes = [/7T:[\w+/=%-]{6}/, /8A(?::|%3A)Sandbox\.[\w+/=%-]{4}/i, /eyJ[\w-]{20}/];

function expectNone(where: string, text: string, secrets: readonly string[]): void {
  for (const secret of secrets)
    for (const spelling of spellings(secret))
      expect(text.includes(spelling), `${where} shows ${spelling}`).toBe(false);
  for (const shape of credentialShapes) expect(text, where).not.toMatch(shape);
}

/** Where sign-ins are kept on purpose, readable by their owner alone. */
const keepers = [path.join('job', 'ticket.json'), path.join('me', 'refresh-token')];

async function expectNoSecret(
  { cwd, sandbox, env }: SignInPlace,
  runs: readonly Captured[],
  more: readonly string[] = [],
): Promise<void> {
  const secrets = [...secretsOf(sandbox, env), ...more];
  for (const [index, { stdout, stderr }] of runs.entries())
    expectNone(`run ${index}`, `${stdout}\n${stderr}`, secrets);
  const texts = await textsBelow(path.join(cwd, '.sic'));
  for (const [name, text] of texts) if (!keepers.includes(name)) expectNone(name, text, secrets);
}

/** What they are asked is told by --explain, what they answered is kept. */
const exports = [
  ['export', '--datatype', 'Company', '--fields', 'Name', '--cache', '1h'],
  ['export', '--datatype', 'Company', '--fields', 'Name', '--cache', '1h', '--json'],
  ['export', '--datatype', 'Company', '--since', 'last', '--out', 'out.csv', '--json'],
  ['export', '--datatype', 'Company', '--where', 'Category=Customer', '--explain'],
  ['searches'],
];

const commands = (profile: string) => [
  ['login', '--profile', profile],
  ['login', '--profile', profile, '--json'],
  ['whoami', '--profile', profile, '--json'],
  ['import', 'companies.csv', '--profile', profile],
  ['import', 'companies.csv', '--profile', profile, '--full', '--rows', '--json'],
  ...exports.map(argv => [...argv, '--profile', profile]),
  ['logout', '--profile', profile, '--json'],
];

test('after good sign-ins of every kind', async () => {
  const sandbox = await online({ seed: 'demo' });
  const place = await signInPlace(sandbox);
  const runs: Captured[] = [];
  const refreshTokens: string[] = [];
  const keychain = keychainOf();
  for (const profile of ['job', 'box', 'pass', 'me'])
    for (const argv of commands(profile)) {
      const isPerson = profile === 'me' && argv[0] === 'login';
      const more = isPerson ? { ...personAt({ name: sandbox.username }), keychain } : { keychain };
      const ended = await place.run(isPerson ? [...argv, '--store', 'file'] : argv, more);
      expect(ended.exitCode, ended.stderr).toBe(0);
      runs.push(ended);
      if (isPerson)
        refreshTokens.push((await readFile(path.join(place.cwd, '.sic/me/refresh-token'), 'utf8')).trim());
      if (profile === 'job' && argv[0] === 'import') await expectNoSecret(place, runs, refreshTokens);
    }
  expect(refreshTokens).toHaveLength(2);
  await expectNoSecret(place, runs, refreshTokens);
  const files = [...(await textsBelow(path.join(place.cwd, '.sic'))).keys()].join();
  expect(files).toContain('result.json');
  expect(files).toMatch(/cache\/\w+\.ndjson/);
  expect(files).toMatch(/exports\/\w+\.json/);
});

test('after bad ones: wrong secrets are secrets too', async () => {
  const sandbox = await online();
  const place = await signInPlace(sandbox);
  const wrong = {
    SIC_CLIENT_SECRET: 'Wr0ng+client/secret=',
    SIC_SYSTEM_USER_TOKEN: 'Wr0ng-token&more',
    SIC_PASSWORD: 'Wr0ng pass"word',
    SIC_TICKET: '7T:Wr0ngTicket==',
  };
  const runs: Captured[] = [];
  for (const profile of ['job', 'box', 'pass'])
    for (const argv of commands(profile).slice(0, 5)) {
      const ended = await place.run(argv, { env: wrong });
      expect(ended.exitCode, ended.stderr).toBe(3);
      runs.push(ended);
    }
  const stored = await place.run(['login', '--set', 'sic/x'], {
    stdin: Readable.from([Buffer.from('Wr0ng&stored=secret\n')]),
    keychain: keychainOf(),
  });
  await expectNoSecret(
    place,
    [...runs, stored],
    [
      ...Object.values(wrong),
      'Wr0ng&stored=secret',
      Buffer.from(`${sandbox.username}:${wrong.SIC_PASSWORD}`).toString('base64'),
    ],
  );
});

test('where every server shows what it was sent', async () => {
  const sandbox = await online();
  const login = await changingProxy(sandbox.login, ({ path: asked, sent }) =>
    asked.endsWith('/Authenticate')
      ? { status: 200, body: JSON.stringify({ IsSuccessful: false, ErrorMessage: `Cannot read ${sent}` }) }
      : asked.endsWith('/tokens')
        ? {
            status: 400,
            body: JSON.stringify({ error: 'invalid_grant', error_description: `Cannot read ${sent}` }),
          }
        : asked.startsWith('/Sandbox')
          ? { status: 401, body: JSON.stringify({ Message: `Not allowed: ${sent}` }) }
          : {},
  );
  const place = await signInPlace(sandbox, { tenant: { login } });
  const file = path.join(place.cwd, 'sic.config.json');
  const config = await readFile(file, 'utf8');
  await writeFile(file, config.replaceAll(`"${sandbox.url}"`, `"${login}/Sandbox"`));
  const refreshToken = 'R3fresh+token/of=somebody';
  const keychain = keychainOf(new Map([['sic|me/refresh-token', refreshToken]]));
  const runs: Captured[] = [];
  for (const profile of ['job', 'box', 'pass', 'me'])
    for (const argv of [
      ['whoami', '--profile', profile],
      ['import', 'companies.csv', '--profile', profile, '--json'],
      ['export', '--datatype', 'Company', '--profile', profile, '--cache', '1h', '--json'],
      ['export', '--datatype', 'Company', '--profile', profile, '--explain'],
    ]) {
      const ended = await place.run(argv, { keychain });
      expect(ended.exitCode, ended.stderr).toBe(3);
      runs.push(ended);
    }
  // What they show is passed on, but for the secrets.
  expect(runs[0]?.stderr).toContain('Cannot read');
  expect(runs[0]?.stderr).toContain('***');
  await expectNoSecret(place, runs, [refreshToken]);
});
