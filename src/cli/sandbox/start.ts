import { SicError } from '../../problems/sic-error.ts';
import type { RunningSandbox, SandboxOptions } from '../../sandbox/server.ts';

/** Starts the embedded SuperOffice. Throws SicError for a data file that is in use or cannot be read; node's own for the rest. */
export async function startSandboxForPeople(options: SandboxOptions): Promise<RunningSandbox> {
  const { DataFileError, startSandbox } = await import('../../sandbox/server.ts');
  try {
    return await startSandbox(options);
  } catch (cause) {
    if (!(cause instanceof DataFileError)) throw cause;
    const { message, remedy: hint } = cause;
    throw new SicError(cause.reason === 'in-use' ? 'locked' : 'file', message, { hint, cause });
  }
}
