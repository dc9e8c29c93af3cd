import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, workplace } from '../support/workplace.ts';

const bin = path.resolve('bin/sic.js');

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** The exit codes of both ends of a pipe, after what came out of it. */
function piped(sic: string, into: string, cwd: string, env: Readonly<Record<string, string>>) {
  const script = `set -o pipefail; "${process.execPath}" "${bin}" ${sic} | ${into}; echo "codes \${PIPESTATUS[@]}"`;
  return promisify(execFile)('bash', ['--norc', '-c', script], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
}

describe('a reader that leaves early', () => {
  test('sic fields Company | head -1', async () => {
    const place = await workplace(tenant);
    const { stdout, stderr } = await piped('fields Company', 'head -1', place.cwd, place.env);
    expect(stdout).toMatch(/^.+\ncodes 0 0\n$/);
    expect(stderr).toBe('');
  });

  test('sic import --json | head -c 10: the import is done to its end all the same', async () => {
    const place = await workplace(tenant);
    await place.write('companies.csv', companyFile('PIPE', 150));
    const flags = 'import companies.csv --json --rows';
    const { stdout, stderr } = await piped(flags, 'head -c 10', place.cwd, place.env);
    expect(stdout).toMatch(/codes 0 0\n$/);
    expect(stderr).toBe('');
    expect(await tenant.companies('PIPE')).toEqual(eachOnce('PIPE', 150));
  });
});

describe('standard output holds the result and nothing else', () => {
  test('of a run with good and bad rows: 1', async () => {
    const place = await workplace(tenant);
    const file = `${companyFile('MIX', 3)}MIX-0001;again\n;no key\n`;
    await place.write(
      'companies.csv',
      file.replace('Name', 'Name;CountryName').replace(/;(Company .*)/g, ';$1;Norway'),
    );
    const machine = await runSic(['import', 'companies.csv', '--json'], place);
    expect(machine.code, machine.stderr).toBe(1);
    const { counts, rows, rejects } = documentOf(machine);
    expect(counts).toMatchObject({ read: 5, created: 3, rejected: 2 });
    expect(rows.map(row => row.status)).toEqual(['rejected', 'rejected']);
    expect(rejects).toMatch(/companies\.rejected\.csv$/);
    expect(machine.stderr).toBe('');

    const people = await runSic(['import', 'companies.csv'], place);
    expect(people.code, people.stderr).toBe(1);
    expect(people.stdout).toContain('rows read');
    expect(people.stdout + people.stderr).not.toContain(String.fromCharCode(27));
  });

  test('of a run that took every row: 0', async () => {
    const place = await workplace(tenant);
    await place.write('companies.csv', companyFile('GOOD', 3));
    const ended = await runSic(['import', 'companies.csv', '--json'], place);
    expect(documentOf(ended).exitCode).toBe(0);
    expect(ended.stderr).toBe('');
  });

  test('of a failure that people read: only standard error', async () => {
    const place = await workplace(tenant);
    const ended = await runSic(['import', 'nothing.csv'], place);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^sic: .*nothing\.csv.*\n→ .+\n$/s);
  });
});
