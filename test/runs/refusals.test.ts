import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

const argv = ['import', 'companies.csv', '--json'];
const password = 'hemmelig-73-Ærlig';

/** Ends before the first row: the code, one document, both texts of the error on standard error, nothing else on standard output. */
async function refused(place: Workplace, code: number, flags: readonly string[] = argv) {
  const ended = await runSic(flags, place);
  expect(ended.code, ended.stderr).toBe(code);
  const { error, counts, kind } = documentOf(ended);
  expect(kind).toBe('sic.import');
  expect(counts.read).toBe(0);
  expect(ended.stderr).toContain(`sic: ${error?.message}`);
  // The command that goes on stands on a line of its own there.
  const [hint = '', command] = String(error?.hint).split('To go on: ');
  expect(ended.stderr).toContain(`→ ${hint.trim()}`);
  if (command !== undefined) expect(ended.stderr).toContain(`\n  ${command}\n`);
  return { ...ended, error };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('3: the sign-in is refused', () => {
  test('a wrong password, which is then nowhere to be found', async () => {
    const place = await workplace(tenant, tenant.url, { password });
    await place.write('companies.csv', companyFile('X', 3));
    const { error, stdout, stderr } = await refused(place, 3);
    expect(error).toMatchObject({ code: 'sign-in' });
    expect(error?.message).toContain(`"${tenant.username}"`);
    const encoded = Buffer.from(`${tenant.username}:${password}`).toString('base64');
    const written = [stdout, stderr, ...(await place.state()).values()].join('\n');
    for (const secret of [password, Buffer.from(password).toString('latin1'), encoded])
      expect(written).not.toContain(secret);
  });
});

describe('4: SuperOffice is not there', () => {
  test('nobody listens', async () => {
    const server = net.createServer();
    const port = await listening(server);
    await new Promise(resolve => server.close(resolve));
    const place = await workplace(tenant, `http://127.0.0.1:${port}/Sandbox`);
    await place.write('companies.csv', companyFile('X', 3));
    const { error, stderr } = await refused(place, 4);
    expect(error).toMatchObject({ code: 'unreachable' });
    expect(error?.message).toContain('nobody is listening');
    expect(stderr).not.toContain('waiting');
  });

  test.each([
    [200, 'titled “Intranet”'],
    [404, 'is not a SuperOffice REST root'],
    [302, 'https://login.example.com/signin'],
  ])('something else answers %d with a web page', async (status, said) => {
    const server = createServer((_request, response) => {
      const headers = { 'content-type': 'text/html', location: 'https://login.example.com/signin?session=1' };
      response.writeHead(status, headers).end('<html><head><title>Intranet</title></head></html>');
    });
    const place = await workplace(tenant, `http://127.0.0.1:${await listening(server)}/Sandbox`);
    await place.write('companies.csv', companyFile('X', 3));
    const { error, stderr, stdout } = await refused(place, 4);
    expect(error?.message).toContain('is not a SuperOffice REST root');
    expect(stderr).toContain(said);
    expect(stderr + stdout).not.toContain('session=1');
  });

  test('a tenant that the host does not have', async () => {
    const place = await workplace(tenant, tenant.url.replace('Sandbox', 'Cust1'));
    await place.write('companies.csv', companyFile('X', 3));
    expect((await refused(place, 4)).error).toMatchObject({ code: 'unreachable' });
  });
});

describe('2: what the user wrote cannot be used', () => {
  async function placed(profile: object = {}, config: object = {}): Promise<Workplace> {
    const place = await workplace(tenant, tenant.url, { profile, config });
    await place.write('companies.csv', companyFile('X', 3));
    return place;
  }

  test.each<[string, readonly string[], string, string]>([
    [
      'an unknown profile',
      [...argv, '--profile', 'tets'],
      'There is no profile "tets"',
      'Did you mean "test"?',
    ],
    ['an unknown flag', [...argv, '--ful'], '--ful', 'Did you mean --full?'],
    ['a file that is not there', ['import', 'company.csv', '--json'], 'company.csv', ''],
    ['a number that is none', [...argv, '--rate', 'fast'], '--rate is "fast"', '--rate 10'],
    ['a config that is not there', [...argv, '--config', 'x.json'], 'no config file x.json', 'SIC_CONFIG'],
    [
      'contradicting flags',
      [...argv, '--sandbox', '--profile', 'test'],
      'contradict',
      'Leave one of them out',
    ],
    ['the same file twice', [...argv, 'companies.csv'], 'companies.csv is named twice', ''],
  ])('%s', async (_name, flags, message, hint) => {
    const { error } = await refused(await placed(), 2, flags);
    expect(error?.message).toContain(message);
    expect(error?.hint).toContain(hint);
  });

  test('an unknown command: one document too, of no run', async () => {
    const ended = await runSic(['imprt', 'companies.csv', '--json'], await placed());
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      kind: 'sic.error',
      exitCode: 2,
      error: { code: 'usage', hint: expect.stringContaining('Did you mean import?') },
    });
  });

  test('a typing error in the config, with its line', async () => {
    const { stderr, error } = await refused(await placed({}, { mapings: [] }), 2);
    expect(error?.message).toContain('sic.config.json has a mistake');
    expect(stderr).toMatch(/line 1: .*mapings.*mappings/);
  });

  test('a column that is no field', async () => {
    const place = await placed();
    await place.write('companies.csv', 'CompUserKey01;Nmae\nX-1;Fjord\n');
    const { error, stderr } = await refused(place, 2);
    expect(`${error?.message}${stderr}`).toContain('Nmae');
    expect(stderr).toContain('Name');
  });

  test('a secret file that others may read', async () => {
    const place = await placed({ auth: { type: 'basic', username: 'SIC', password: { file: 'secret' } } });
    await writeFile(path.join(place.cwd, 'secret'), password);
    await chmod(path.join(place.cwd, 'secret'), 0o644);
    const { error, stderr, stdout } = await refused(place, 2);
    expect(error?.message).toContain('mode 0644');
    expect(error?.hint).toContain('chmod 600');
    expect(stderr + stdout).not.toContain(password);
  });

  test('a secret in an environment variable that is not set', async () => {
    const place = await placed({ auth: { type: 'basic', username: 'SIC', password: { env: 'SIC_OTHER' } } });
    expect((await refused(place, 2)).error?.message).toContain('SIC_OTHER');
  });

  // Without a D-Bus session there is no keychain on Linux; elsewhere there is one, without this entry.
  test('a secret in a keychain that is not there', async () => {
    const place = await placed({
      auth: { type: 'basic', username: 'SIC', password: { keychain: 'sic-test/nobody' } },
    });
    const { error } = await refused(place, 2);
    expect(error?.message).toContain('keychain');
    expect(error?.hint).toContain('{ "env": "NAME" } or { "file": "PATH" }');
  });

  test('http to another machine', async () => {
    const { stderr } = await refused(await placed({ url: 'http://crm.example.com/SuperOffice' }), 2);
    expect(stderr).toMatch(/http:.*https:\/\//);
  });
});
