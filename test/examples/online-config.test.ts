import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { expect, it, onTestFinished } from 'vitest';
import { withoutComments } from '../../src/config/comments.ts';
import { loadConfig } from '../../src/config/load.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const text = await readFile(join(examples, 'online.config.json'), 'utf8');

it('examples/online.config.json is read, by sic and by editors', async () => {
  const config = await loadConfig({ file: 'online.config.json', cwd: examples });
  expect([...config.profiles.values()].map(({ name, kind, auth }) => [name, kind, auth.type])).toEqual([
    ['prod', 'online', 'system-user'],
    ['me', 'online', 'oauth'],
    ['test', 'online', 'system-user'],
  ]);
  const schema = JSON.parse(await readFile(resolve(examples, '../sic.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(validate(JSON.parse(withoutComments(text)))).toBe(true);
  for (const name of ['profiles', 'environment', 'tenant', 'auth', 'clientId', 'privateKey', 'keychain'])
    expect([name, validate(JSON.parse(withoutComments(text.replace(`"${name}":`, `"${name}x":`))))]).toEqual([
      name,
      false,
    ]);
});

it.each(['crontab', 'sic.service'])('examples/%s names the variables of its system user', async name => {
  const job = await readFile(join(examples, name), 'utf8');
  const variables = [...text.matchAll(/\{ "env": "(\w+)" \}/g)].map(([, variable]) => variable);
  expect(variables).toHaveLength(2);
  for (const variable of variables) expect(job).toContain(`${variable}='…'`);
  expect(job).toContain('/etc/sic/keys/prod.pem');
});

it('its system user signs in, with the places of the secrets as they are there', async () => {
  const sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
  onTestFinished(() => sandbox.close());
  const { clientId, clientSecret, systemUserToken, privateKeyPem } = sandbox.app();
  const cwd = await temporaryFolder();
  const ours = text
    .replace('"Cust12345"', `"Sandbox", "login": ${JSON.stringify(sandbox.login)}, "rate": 0`)
    .replace('0123456789abcdef0123456789abcdef', clientId);
  await writeFile(join(cwd, 'online.config.json'), ours);
  await mkdir(join(cwd, 'keys'));
  await writeFile(join(cwd, 'keys/prod.pem'), privateKeyPem, { mode: 0o600 });
  await writeFile(join(cwd, 'companies.csv'), 'CompUserKey01;Name\nC-1;Acme\n');
  const env = { SIC_CLIENT_SECRET: clientSecret, SIC_SYSTEM_USER_TOKEN: systemUserToken };
  const argv = ['validate', 'companies.csv', '--config', 'online.config.json', '--json'];
  const { stdout } = await sic(argv, { cwd, env });
  expect(JSON.parse(stdout)).toMatchObject({ profile: 'prod', tenant: 'Sandbox', counts: { read: 1 } });
});
