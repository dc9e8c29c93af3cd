import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** The lines as cron runs them: by a bare shell, with nothing in its environment but what the crontab says. */
it.skipIf(process.platform === 'win32')('the lines of examples/crontab run', async () => {
  const folder = await temporaryFolder();
  const places = {
    '/etc/sic': 'etc',
    '/srv/erp/out': 'out',
    '/srv/erp/in': 'in',
    '/var/log/sic': 'log',
    '/var/lib/sic': 'lib',
  };
  let text = await readFile(join(root, 'examples/crontab'), 'utf8');
  for (const [place, ours] of Object.entries(places)) text = text.replaceAll(place, join(folder, ours));
  for (const name of [...Object.values(places), 'bin']) await mkdir(join(folder, name));
  for (const file of ['companies.csv', 'persons.csv'])
    await cp(join(root, 'examples', file), join(folder, 'out', file));
  await cp(join(root, 'examples/sic.config.json'), join(folder, 'etc/sic.config.json'));
  await writeFile(join(folder, 'etc/environment'), "SIC_PASSWORD='pass $word'\n");
  await symlink(join(root, 'bin/sic.js'), join(folder, 'bin/sic'));

  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  const env = Object.fromEntries(
    lines.flatMap(line => [...line.matchAll(/^(\w+)=(.*)$/g)].map(m => [m[1], m[2]])),
  );
  const commands = [...text.matchAll(/^\d+ 1 \* \* \* {2}(.*)$/gm)].map(match => match[1] ?? '');
  const [importing = '', exporting = ''] = commands;
  expect(commands).toHaveLength(2);
  expect(commands.join()).not.toContain('%');
  const path = `${join(folder, 'bin')}:${dirname(process.execPath)}:${env.PATH}`;
  const asCron = (command: string) =>
    run('/bin/sh', ['-c', command], { cwd: folder, env: { ...env, PATH: path, SIC_PROFILE: 'sandbox' } });
  expect(await asCron(importing)).toEqual({ stdout: '', stderr: '' });
  const document = JSON.parse(await readFile(join(folder, 'log/last-run.json'), 'utf8'));
  expect(document).toMatchObject({ exitCode: 0, counts: { read: 204, created: 204 } });
  expect(await asCron(exporting)).toEqual({ stdout: '', stderr: '' });
  expect(await readFile(join(folder, 'in/changed-sales.csv'), 'utf8')).toMatch(
    /^SaleUserKey01;CompUserKey01;/,
  );
});
