import { closeSync, openSync, writeSync } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';
import { findPlace } from '../output-file.ts';

export type Level = 'info' | 'warn' | 'error';

/** The file of `--log`: one event in a line. */
export interface LogFile {
  /** The run has its id: from here on every event carries it. */
  begin(run: string): void;
  write(level: Level, event: string, fields: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/** So many earlier logs are kept, as FILE.1 (the last) to FILE.5. */
const keptLogs = 5;
const flushAt = 1 << 15;

/**
 * Starts a log for this run, readable by its owner alone; one that stands there goes to FILE.1 first. A log that can no
 * longer be written (a full disk) is told once and given up: the work does not depend on it. Throws SicError 'usage' for
 * a place where it cannot be.
 * @param taken files that it must not write over
 */
export async function openLogFile(
  shown: string,
  taken: readonly string[],
  { cwd, now, mask, stderr }: Context,
): Promise<LogFile> {
  const place = await findPlace({ flag: '--log', shown }, cwd, taken);
  const earlier = Array.from({ length: keptLogs }, (_, index) => `${place}.${index + 1}`);
  const inTheWay = taken.find(file => earlier.includes(path.resolve(cwd, file)));
  if (inTheWay !== undefined)
    throw new SicError('usage', `--log ${shown} would put an earlier log in the place of ${inTheWay}.`, {
      hint: 'Give --log another name.',
    });
  let descriptor: number | null = await rotate([place, ...earlier])
    .then(() => openSync(place, 'wx', 0o600))
    .catch((cause: unknown) => {
      throw new SicError('usage', `--log ${shown} cannot be written.`, {
        hint: 'Check who may write there, or give --log another name.',
        cause,
      });
    });
  let run: string | null = null;
  let pending = '';
  const flush = (): void => {
    if (descriptor === null || pending === '') return;
    const bytes = Buffer.from(mask(pending));
    pending = '';
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      stderr.write(`The log ${shown} cannot be written any more${code}.\n`);
      closeSync(descriptor);
      descriptor = null;
    }
  };
  return {
    begin: id => {
      run = id;
    },
    write: (level, event, fields) => {
      if (descriptor === null) return;
      pending += `${JSON.stringify({ time: new Date(now()).toISOString(), level, event, run, ...fields })}\n`;
      // Rows may be many; whatever else happens is to be seen at once.
      if (event !== 'row' || pending.length >= flushAt) flush();
    },
    close: () => {
      flush();
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

/** FILE → FILE.1 → … → FILE.5, the last of which is lost. */
async function rotate(paths: readonly string[]): Promise<void> {
  const free = await firstFree(paths);
  for (let index = free; index > 0; index--) await rename(paths[index - 1] ?? '', paths[index] ?? '');
}

/** How far the names are taken without a gap; what is behind a gap stays as it is. */
async function firstFree(paths: readonly string[]): Promise<number> {
  for (const [index, each] of paths.entries()) if (!(await stat(each).catch(() => null))) return index;
  return paths.length - 1;
}
