import { SicError } from '../problems/sic-error.ts';

/** The error code of Node ('ENOENT'), or '' for anything else. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A state file that this sic does not understand. @param hint what follows when it is removed, as sentences */
export function notUnderstood(path: string, hint: string): SicError {
  return new SicError('state', `${path} is damaged, or written by a newer version of sic.`, {
    hint: `If it is of a newer version, update sic. Else remove that file: ${hint}`,
  });
}

/** A state file could not be read or written, told with what to do about it. */
export function stateError(path: string, doing: 'read' | 'written', cause: unknown): SicError {
  if (cause instanceof SicError) return cause;
  const code = systemCode(cause);
  const hints: Readonly<Record<string, string>> = {
    ENOSPC: 'The disk is full: make room and run again.',
    EDQUOT: 'The disk quota is used up: make room and run again.',
    EACCES: 'Give the user that runs sic the right to it, or choose another folder with --state-dir.',
    EPERM: 'Give the user that runs sic the right to it, or choose another folder with --state-dir.',
    EROFS: 'The disk is read-only: choose another folder with --state-dir.',
    ENOENT: 'It was removed while sic was running: run again.',
  };
  return new SicError('state', `${path} cannot be ${doing}${code ? ` (${code})` : ''}.`, {
    hint: hints[code] ?? 'Check the disk it is on, or choose another folder with --state-dir.',
    cause,
  });
}
