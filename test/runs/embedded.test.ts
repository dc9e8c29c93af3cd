import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { runSic, startSic } from '../support/program.ts';
import { companyFile, emptyFolder } from '../support/workplace.ts';

test('the data of the embedded SuperOffice are in use: 5, with by whom; a killed user is taken over', async () => {
  const cwd = await emptyFolder();
  await writeFile(path.join(cwd, 'companies.csv'), companyFile('IN', 10));
  await mkdir(path.join(cwd, '.sic', 'sandbox'), { recursive: true, mode: 0o700 });
  const data = path.join('.sic', 'sandbox', 'superoffice.ndjson');
  const first = startSic(['sandbox', '--port', '0', '--json', '--data', data], { cwd });
  await first.firstOutput;

  const validate = await runSic(['validate', 'companies.csv', '--sandbox', '--json'], { cwd });
  expect(validate.code).toBe(5);
  expect(documentOf(validate).error).toMatchObject({
    code: 'locked',
    message: expect.stringContaining(`in use by process ${first.pid}`),
  });
  const sandbox = await runSic(['sandbox', '--port', '0', '--json', '--data', data], { cwd });
  expect(sandbox.code).toBe(5);
  expect(JSON.parse(sandbox.stdout)).toMatchObject({ kind: 'sic.error', exitCode: 5 });

  first.child.kill('SIGKILL');
  await first.ended;
  const again = await runSic(['import', 'companies.csv', '--sandbox', '--json'], { cwd });
  expect(documentOf(again).counts).toMatchObject({ read: 10, created: 10 });
});

test('a data file that is none: 2, with what to do', async () => {
  const cwd = await emptyFolder();
  await writeFile(path.join(cwd, 'notes.txt'), 'not data\n');
  for (const data of ['.', 'notes.txt']) {
    const ended = await runSic(['sandbox', '--port', '0', '--data', data], { cwd });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^sic: The sandbox data file .+\.\n→ .+\n$/);
  }
});
