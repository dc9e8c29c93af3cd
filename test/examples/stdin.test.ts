import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';

const root = resolve(import.meta.dirname, '../..');

it('reads a file from standard input', async () => {
  const cwd = await temporaryFolder();
  const child = spawn(
    process.execPath,
    [resolve(root, 'bin/sic.js'), 'import', '-', '--datatype', 'Company', '--sandbox', '--json'],
    { cwd, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  createReadStream(resolve(root, 'examples/companies.csv')).pipe(child.stdin);
  const document = JSON.parse(await text(child.stdout));
  expect(document).toMatchObject({ exitCode: 0, counts: { read: 100, created: 100 } });
});
