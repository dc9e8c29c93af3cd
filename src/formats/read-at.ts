import * as fs from 'node:fs';
import { SicError } from '../problems/sic-error.ts';

/**
 * Reads an open file by position. Fills `target` from `at` with up to `length` bytes from `position` on, fewer only at
 * the end of the file, and answers how many. Throws SicError 'file'; `label` names the file in it.
 */
export function readAt(
  descriptor: number,
  label: string,
): (target: Buffer, at: number, length: number, position: number) => number {
  return (target, at, length, position) => {
    let done = 0;
    try {
      while (done < length) {
        const count = fs.readSync(descriptor, target, at + done, length - done, position + done);
        if (count === 0) break;
        done += count;
      }
    } catch (error) {
      throw unreadable(label, error);
    }
    return done;
  };
}

/** The code of a system error, such as ENOENT; empty for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function unreadable(label: string, cause: unknown): SicError {
  const code = errorCode(cause);
  if (code === 'EACCES' || code === 'EPERM')
    return new SicError('file', `${label} may not be read: permission denied.`, {
      hint: 'Give the user that runs sic the right to read it.',
      cause,
    });
  return new SicError('file', `${label} cannot be read${code ? ` (${code})` : ''}.`, {
    hint: 'Check the disk or network share it is on, and that no other program has locked it.',
    cause,
  });
}
