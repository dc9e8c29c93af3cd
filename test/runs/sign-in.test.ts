import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/server.ts';
import { codeOf, redirectUri, textIn, tokens } from '../sandbox/login/application.ts';
import { sic } from '../support/sic.ts';
import { emptyFolder } from '../support/workplace.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
});
afterAll(() => sandbox.close());

const environment = () => {
  const { clientSecret, systemUserToken } = sandbox.app();
  return { SIC_CLIENT_SECRET: clientSecret, SIC_SYSTEM_USER_TOKEN: systemUserToken };
};

/** A folder with a company file, a private key and the profiles `job` (system user) and `me` (a person). */
async function place(changes: object = {}) {
  const cwd = await emptyFolder();
  const { clientId, privateKeyXml } = sandbox.app();
  const tenant = { environment: 'sod', tenant: 'Sandbox', login: sandbox.login, rate: 0, ...changes };
  const system = {
    type: 'system-user',
    clientId,
    clientSecret: { env: 'SIC_CLIENT_SECRET' },
    systemUserToken: { env: 'SIC_SYSTEM_USER_TOKEN' },
    privateKey: { file: 'keys/job.xml' },
  };
  const oauth = {
    type: 'oauth',
    clientId,
    clientSecret: { env: 'SIC_CLIENT_SECRET' },
    refreshToken: { file: 'keys/me' },
  };
  const profiles = { job: { ...tenant, auth: system }, me: { ...tenant, auth: oauth } };
  await mkdir(path.join(cwd, 'keys'));
  await writeFile(path.join(cwd, 'keys', 'job.xml'), `${privateKeyXml}\n`, { mode: 0o600 });
  await writeFile(path.join(cwd, 'sic.config.json'), JSON.stringify({ profiles }));
  await writeFile(path.join(cwd, 'companies.csv'), 'CompUserKey01;Name\nSIGN-1;Signed\nSIGN-2;Sealed\n');
  return cwd;
}

const run = (cwd: string, profile: string, env: Record<string, string> = environment()) =>
  sic(['validate', 'companies.csv', '--profile', profile, '--json'], { cwd, env });

test('a job imports as the system user, run after run, and leaves no secret but the ticket behind', async () => {
  const cwd = await place();
  const argv = ['import', 'companies.csv', '--profile', 'job', '--json'];
  const first = await sic(argv, { cwd, env: environment() });
  expect(first.exitCode, first.stderr).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({ tenant: 'Sandbox', counts: { created: 2 } });
  const folder = path.join(cwd, '.sic', 'job');
  const ticket = await readFile(path.join(folder, 'ticket.json'), 'utf8');
  expect((await stat(path.join(folder, 'ticket.json'))).mode & 0o777).toBe(0o600);
  const second = await sic([...argv, '--full'], { cwd, env: environment() });
  expect(JSON.parse(second.stdout)).toMatchObject({ counts: { current: 2 } });
  expect(await readFile(path.join(folder, 'ticket.json'), 'utf8')).toBe(ticket);

  const { clientSecret, systemUserToken, privateKeyXml } = sandbox.app();
  const modulus = /<Modulus>([^<]+)/.exec(privateKeyXml)?.[1] ?? '';
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter(one => one.isFile())) {
    const text = await readFile(path.join(entry.parentPath, entry.name), 'latin1');
    for (const secret of [clientSecret, systemUserToken, modulus]) expect(text).not.toContain(secret);
    if (entry.name !== 'ticket.json') expect(text).not.toContain(JSON.parse(ticket).ticket);
  }
});

test('a ticket that expired between two runs is renewed', async () => {
  const cwd = await place();
  expect((await run(cwd, 'job')).exitCode).toBe(0);
  const file = path.join(cwd, '.sic', 'job', 'ticket.json');
  const before = await readFile(file, 'utf8');
  sandbox.expireTickets();
  expect((await run(cwd, 'job')).exitCode).toBe(0);
  expect(await readFile(file, 'utf8')).not.toBe(before);
});

test.each<[string, (cwd: string) => Promise<Record<string, string> | undefined>, number, string, string]>([
  [
    'a key that others can read',
    async cwd => {
      await chmod(path.join(cwd, 'keys', 'job.xml'), 0o644);
      return undefined;
    },
    2,
    'the private key of profile "job", can be read by other users',
    'chmod 600',
  ],
  [
    'a key that is none',
    async cwd => {
      await writeFile(
        path.join(cwd, 'keys', 'job.xml'),
        '<RSAKeyValue><Modulus>AAAA</Modulus></RSAKeyValue>',
      );
      return undefined;
    },
    2,
    'only the public half of a key',
    'Developer Portal',
  ],
  [
    'a secret that is not set',
    async () => ({ SIC_SYSTEM_USER_TOKEN: 'x' }),
    2,
    'SIC_CLIENT_SECRET, which holds the client secret of profile "job", is not set',
    'cron',
  ],
  [
    'a wrong secret',
    async () => ({ ...environment(), SIC_CLIENT_SECRET: 'wr0ng' }),
    3,
    'refused to sign in the system user of Sandbox',
    '"clientSecret"',
  ],
])('%s', async (_name, spoil, exitCode, says, advises) => {
  const cwd = await place();
  const ended = await run(cwd, 'job', await spoil(cwd));
  expect(ended.exitCode, ended.stderr).toBe(exitCode);
  const { error } = JSON.parse(ended.stdout);
  expect(error.message).toContain(says);
  expect(error.hint).toContain(advises);
});

test.each<['Suspended' | 'OfflineMaintenance', number, string]>([
  ['Suspended', 2, 'is suspended'],
  ['OfflineMaintenance', 4, 'is closed for maintenance'],
])('a tenant that is %s', async (state, exitCode, says) => {
  const cwd = await place();
  sandbox.setState(state);
  try {
    const ended = await run(cwd, 'job');
    expect(ended.exitCode).toBe(exitCode);
    expect(JSON.parse(ended.stdout).error.message).toContain(says);
  } finally {
    sandbox.setState('Running');
  }
});

test('a tenant that nobody knows, and a login host that is not there', async () => {
  const unknown = await run(await place({ tenant: 'Cust404' }), 'job');
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('knows no tenant "Cust404"');
  const nobody = await run(await place({ login: 'http://127.0.0.1:1' }), 'job');
  expect(nobody.exitCode).toBe(4);
  expect(nobody.stderr).toContain('nobody is listening at 127.0.0.1:1');
});

test('an authority that cannot be read', async () => {
  const missing = await run(await place({ ca: 'ca.pem' }), 'job');
  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toContain('which "ca" of profile "job" names, cannot be read (ENOENT)');
});

test('a person who signed in, and whose sign-in was revoked', async () => {
  const cwd = await place();
  const none = await run(cwd, 'me');
  expect(none.exitCode).toBe(3);
  expect(none.stderr).toContain('Nobody is signed in to Sandbox');
  expect(none.stderr).toContain('sic login --profile me');

  const answer = await tokens(sandbox, {
    grant_type: 'authorization_code',
    code: await codeOf(sandbox),
    redirect_uri: redirectUri,
  });
  const refreshToken = textIn(answer, 'refresh_token');
  await writeFile(path.join(cwd, 'keys', 'me'), `${refreshToken}\n`, { mode: 0o600 });
  const good = await run(cwd, 'me');
  expect(good.exitCode, good.stderr).toBe(0);

  sandbox.revokeRefreshTokens();
  const revoked = await run(cwd, 'me');
  expect(revoked.exitCode).toBe(3);
  expect(revoked.stderr).toContain('no longer valid');
  expect(revoked.stderr).toContain('Sign in again: sic login --profile me');
  expect(revoked.stdout + revoked.stderr).not.toContain(refreshToken);
});
