import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../../src/sandbox/server.ts';
import { type ExportPlace, exportPlace, makeCompanies, rowsIn, startCrm } from '../support/export-place.ts';
import { runSic } from '../support/program.ts';

const unix = process.platform !== 'win32';
const bin = resolve('bin/sic.js');
const line = 'export --datatype Company --fields Name,Category,PostalCity,CountryName';

let crm: RunningSandbox;
beforeAll(async () => {
  crm = await startCrm();
  // More than a pipe holds while nobody reads it.
  await makeCompanies(crm, 'Stream', 1500);
}, 120_000);
afterAll(() => crm.close());

/** A line of bash, in which `sic` is the program, and what it wrote. */
function bash(script: string, { cwd, env }: ExportPlace) {
  const before = `set -o pipefail; sic() { "${process.execPath}" "${bin}" "$@"; }`;
  return promisify(execFile)('bash', ['--norc', '-c', `${before}\n${script}`], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
}

test('standard output is the answer and standard error one line about it', async () => {
  const place = await exportPlace(crm);
  const { code, stdout, stderr } = await runSic(line.split(' '), place);
  expect(code).toBe(0);
  expect(rowsIn(stdout)).toHaveLength(1501);
  expect(stderr).toMatch(/^Company: 1,501 rows in .+\n$/);
});

test.runIf(unix)('sic export | head -1: 141, no word of it, and --since last does not count it', async () => {
  const place = await exportPlace(crm);
  const { stdout, stderr } = await bash(
    `sic ${line} --format ndjson | head -1; echo "\${PIPESTATUS[@]}"`,
    place,
  );
  expect(stdout).toMatch(/^\{"Name":"SuperOffice demo".+\}\n141 0\n$/);
  expect(stderr).toBe('');
  const since = `sic ${line} --since last`;
  const cut = await bash(`${since} | head -1; echo "\${PIPESTATUS[@]}"`, place);
  expect(cut.stdout).toMatch(/\n141 0\n$/);
  const again = await bash(since, place);
  expect(again.stderr).toContain('all of it is exported');
  expect(rowsIn(again.stdout)).toHaveLength(1501);
});

test.runIf(unix)('> /dev/full: 4, told once, and --since last does not count it', async () => {
  const place = await exportPlace(crm);
  for (const more of ['', ' --limit 1']) {
    const { stdout, stderr } = await bash(`sic ${line}${more} --since last > /dev/full; echo $?`, place);
    expect(stdout).toBe('4\n');
    expect(stderr.match(/not enough room/g)).toHaveLength(1);
    expect(stderr).toContain('ENOSPC');
  }
  // So little that it is all written before anybody notices.
  const one = `sic export --datatype Company --fields Name --where "Name=Stream 0001" --since last`;
  expect((await bash(`${one} > /dev/full; echo $?`, place)).stdout).toBe('4\n');
  expect((await bash(one, place)).stderr).toContain('all of it is exported');
});

test.runIf(unix)('--out /dev/full, and a file beside a disk limit: 4, and no file', async () => {
  const place = await exportPlace(crm);
  const full = await bash(`sic ${line} --out /dev/full; echo $?`, place);
  expect(full.stdout).toBe('4\n');
  expect(full.stderr).toContain('There is not enough room for /dev/full (ENOSPC).');
  // Blocks of 512 bytes or of 1024.
  const large = await bash(`ulimit -f 10; sic ${line} --out out.json; echo $?`, place);
  expect(large.stdout).toBe('4\n');
  expect(large.stderr).toContain('out.json grew larger than a file may be (EFBIG).');
  expect(await readdir(place.cwd)).toEqual(['sic.config.json']);
});

test.runIf(unix)('no room for the cache: the answer comes all the same', async () => {
  const place = await exportPlace(crm);
  const { stdout, stderr } = await bash(`(ulimit -f 10; sic ${line} --cache 1h) | cat`, place);
  expect(rowsIn(stdout)).toHaveLength(1501);
  expect(stderr).toMatch(/^The answer is not kept: .+EFBIG.+\n/m);
  expect(await readdir(join(place.cwd, '.sic', 'crm', 'cache'))).toEqual([]);
});

test.runIf(unix)('a pipe in the place of the file is written to', async () => {
  const place = await exportPlace(crm);
  const { stdout } = await bash(`mkfifo p; cat p & sic ${line} --out p; wait`, place);
  expect(rowsIn(stdout)).toHaveLength(1501);
});

test.runIf(unix)('a pipe whose reader leaves: 141, and --since last does not count it', async () => {
  const place = await exportPlace(crm);
  const since = `sic ${line} --since last`;
  const { stdout } = await bash(`mkfifo p; head -c 5 p & ${since} --out p; echo " $?"`, place);
  expect(stdout).toBe('{"Com 141\n');
  expect((await bash(since, place)).stderr).toContain('all of it is exported');
});
