import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { readAnswer } from '../support/answer.ts';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';

test('what one database accepted says nothing of another at the same address', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'companies.csv'), 'CompUserKey01;Name\nC-1;Fjordbygg AS\n');
  let port = 0;
  for (const _night of ['first', 'second']) {
    const sandbox = await startSandbox({ port, data: null, latency: 0, seed: 'demo' });
    port = Number(new URL(sandbox.url).port);
    const auth = { type: 'basic', username: sandbox.username, password: { env: 'SIC_PASSWORD' } };
    await writeFile(
      join(folder, 'sic.config.json'),
      JSON.stringify({ profiles: { local: { url: sandbox.url, auth, rate: 0 } } }),
    );
    const ran = await sic(['import', 'companies.csv', '--json'], {
      cwd: folder,
      env: { SIC_PASSWORD: sandbox.password },
    });
    await sandbox.close();
    expect(readAnswer(ran.stdout).counts).toMatchObject({ read: 1, created: 1 });
  }
});
