import path from 'node:path';
import { oneLine } from '../report/words.ts';

/** A path as a person in `cwd` would write it. */
export function shortPath(file: string, cwd: string): string {
  if (!path.isAbsolute(file)) return oneLine(file);
  const relative = path.relative(cwd, file);
  return relative === '' || relative.startsWith('..') ? oneLine(file) : oneLine(relative);
}
