import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The words of a command as a POSIX shell hands them on: `folder/*` becomes the names in that folder, in order, hidden
 * ones left out; what stands in double quotes is one word. No other quotes and no other patterns.
 */
export async function shellWords(command: string, cwd: string): Promise<string[]> {
  const words: string[] = [];
  for (const [, quoted, bare = ''] of command.matchAll(/"([^"]*)"|(\S+)/g)) {
    const word = quoted ?? bare;
    if (!word.endsWith('*')) words.push(word);
    else {
      const folder = word.slice(0, -1);
      const names = (await readdir(join(cwd, folder))).filter(name => !name.startsWith('.'));
      words.push(...names.sort().map(name => `${folder}${name}`));
    }
  }
  return words;
}
