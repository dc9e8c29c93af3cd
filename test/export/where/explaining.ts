import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation } from '../../../src/export/result.ts';
import type { Tenant } from '../../sandbox/entities/tenant.ts';
import { sic } from '../../support/sic.ts';

/** What `--explain --json` says of criteria, for many of them against one SuperOffice. Throws what went wrong. */
export async function explaining(tenant: Tenant) {
  const folder = await mkdtemp(join(tmpdir(), 'sic-explain-'));
  const { url, username, password } = tenant.sandbox;
  const auth = { type: 'basic', username, password: { env: 'SIC_PASSWORD' } };
  await writeFile(
    join(folder, 'sic.config.json'),
    JSON.stringify({ profiles: { crm: { url, rate: 0, auth } } }),
  );
  const ask = async (datatype: string, ...criteria: readonly string[]): Promise<Partial<Explanation>> => {
    const where = criteria.flatMap(text => ['--where', text]);
    const argv = [
      'export',
      '--datatype',
      datatype,
      '--fields',
      'SuperOfficeId',
      ...where,
      '--explain',
      '--json',
    ];
    const ran = await sic(argv, { cwd: folder, env: { SIC_PASSWORD: password } });
    if (ran.exitCode !== 0) throw new Error(ran.stdout + ran.stderr);
    return JSON.parse(ran.stdout);
  };
  return Object.assign(ask, { folder });
}
