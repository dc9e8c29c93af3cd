import { SicError } from '../../problems/sic-error.ts';
import { systemCode } from '../../state/state-error.ts';

export function isFolder(shown: string): SicError {
  return new SicError('usage', `${shown} is a folder, not a file.`, {
    hint: 'Give --out the name of a file in it.',
  });
}

export function noSuchFolder(shown: string, folder: string): SicError {
  return new SicError('usage', `The folder of ${shown} does not exist.`, {
    hint: `Make ${folder}, or give --out another name.`,
  });
}

export function noFileOrPipe(shown: string): SicError {
  return new SicError('usage', `${shown} is neither a file nor a pipe.`, {
    hint: 'Give --out another name.',
  });
}

export function folderForbidden(shown: string, folder: string, cause: unknown): SicError {
  return new SicError(
    'usage',
    `${shown} cannot be made: ${folder} may not be written to (${systemCode(cause)}).`,
    { hint: 'Give the user that runs sic the right to write there, or give --out another name.', cause },
  );
}

export function inUseOrForbidden(shown: string, cause: unknown): SicError {
  const code = systemCode(cause);
  if (code === 'EBUSY' || code === 'ETXTBSY')
    return new SicError('usage', `${shown} is in use by another program (${code}).`, {
      hint: 'Close it there, or give --out another name.',
      cause,
    });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new SicError('usage', `${shown} may not be written to (${code}).`, {
      hint: 'Give the user that runs sic the right to write it, or give --out another name.',
      cause,
    });
  return unusable(shown, code, cause);
}

export function unusable(shown: string, code: string, cause?: unknown): SicError {
  return new SicError('usage', `${shown} cannot be written${code ? ` (${code})` : ''}.`, {
    hint: 'Check each folder of its path, or give --out another name.',
    cause,
  });
}

const inUse =
  'Check that no other program has it open and that the user that runs sic may replace it, and run again.';

export interface Written {
  /** The flag that named the place. */
  readonly flag: '--out' | '--with-files';
  /** What stood there before still does. */
  readonly stands: boolean;
}

/** A failure while it is written. */
export function unwritable(shown: string, cause: unknown, { flag, stands }: Written): SicError {
  const code = systemCode(cause);
  const another =
    flag === '--out' ? 'give --out a file on another disk' : `give ${flag} a folder on another disk`;
  /** What is done about it. */
  const steps: Readonly<Record<string, string>> = {
    ENOSPC: `Free some room on its disk, or ${another}.`,
    EDQUOT: `Free some room, or ${another}.`,
    EFBIG: `Raise the limit (ulimit -f), ${another}, or export less at once with --where.`,
    EACCES: inUse,
    EPERM: inUse,
    EBUSY: inUse,
    ENOENT: 'Its folder was removed meanwhile: run again.',
    EISDIR: 'A folder is in its place: remove it, and run again.',
  };
  const messages: Readonly<Record<string, string>> = {
    ENOSPC: `There is not enough room for ${shown} (ENOSPC).`,
    EDQUOT: `There is not enough room for ${shown}: the quota is used up (EDQUOT).`,
    EFBIG: `${shown} grew larger than a file may be (EFBIG).`,
  };
  const step = steps[code] ?? 'Check the disk or network share it is on, and run again.';
  return new SicError('file', messages[code] ?? `${shown} cannot be written${code ? ` (${code})` : ''}.`, {
    hint: stands ? `${step} What it held before is still there.` : step,
    cause,
  });
}
