import { execFileSync, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../support/workplace.ts';

/** util-linux has a program that gives others a terminal. */
const hasTerminals = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

/** Runs sic on a terminal, and types when it asks. Answers what the terminal showed, and the exit code. */
async function typing(keys: string): Promise<{ shown: string; code: number | null; file: string }> {
  const cwd = await emptyFolder();
  const command = `${process.execPath} ${path.resolve('bin/sic.js')} login --set x --store kept`;
  const child = spawn(
    'script',
    ['--quiet', '--return', '--echo', 'never', '--command', command, '/dev/null'],
    {
      cwd,
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  let shown = '';
  let asked = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (asked || !shown.includes('it is not shown')) return;
    asked = true;
    child.stdin.write(keys);
  });
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  return { shown, code, file: path.join(cwd, 'kept') };
}

test.skipIf(!hasTerminals)('on a terminal a secret is typed without being shown', async () => {
  const { shown, code, file } = await typing('geX\u007fheim-Æ\u001b[A7\r');
  expect(code, shown).toBe(0);
  expect(shown).toContain('The secret to store as x (it is not shown): ');
  expect(shown).toContain('Stored in ');
  expect(shown).not.toMatch(/geX|heim|Æ/);
  expect(await readFile(file, 'utf8')).toBe('geheim-Æ7\n');
});

test.skipIf(!hasTerminals)('Ctrl-C while it asks', async () => {
  const { shown, code, file } = await typing('half\u0003');
  expect(code, shown).toBe(130);
  expect(shown).not.toContain('half');
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});
