import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { matchesGlob } from '../mapping/glob.ts';

/**
 * The files that names with `*` or `?` stand for, in the order of the alphabet. A shell has done that before, but for
 * those of Windows and for services that are started without one. Only the last step of a path may have such signs; what
 * fits nothing stays as it is, and is then told to be missing.
 */
export async function expandPatterns(files: readonly string[], cwd: string): Promise<string[]> {
  const expanded: string[] = [];
  for (const file of files) {
    const fitting = /[*?]/.test(basename(file)) ? await namesLike(file, cwd) : [];
    expanded.push(...(fitting.length > 0 ? fitting : [file]));
  }
  return expanded;
}

async function namesLike(pattern: string, cwd: string): Promise<string[]> {
  const folder = dirname(pattern);
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true }).catch(() => []);
  return entries
    .filter(entry => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(entry => entry.name)
    .filter(name => matchesGlob(basename(pattern), name))
    .sort()
    .map(name => (folder === '.' && !pattern.startsWith('.') ? name : join(folder, name)));
}
