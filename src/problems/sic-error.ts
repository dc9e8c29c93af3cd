/** What went wrong, as far as the exit code is concerned (design.md, section 4). */
export type ErrorCode =
  | 'usage' // the command line asks for something impossible
  | 'config' // the config file or a secret it names
  | 'file' // an input file that cannot be taken at all
  | 'plan' // a plan that cannot be read, or that does not hold any more
  | 'sign-in' // SuperOffice refused the credentials
  | 'unreachable' // no SuperOffice answers, or it keeps failing
  | 'locked' // another run holds the state folder
  | 'state' // the state folder is damaged, newer than this version or not writable
  | 'brake'; // a limit that was set stopped the run

export interface ErrorParts {
  /** What to do next, as a sentence. */
  readonly hint?: string;
  /** Further lines: the list of faults, the server's own words. Never a secret. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/**
 * The one error for people. Everything thrown that is not a SicError is a bug of ours and shows its stack.
 * `message` is one sentence that names the place and the value; `hint` says what to do.
 */
export class SicError extends Error {
  override readonly name = 'SicError';
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly detail: string | null;

  constructor(code: ErrorCode, message: string, parts: ErrorParts = {}) {
    super(message, { cause: parts.cause });
    this.code = code;
    this.hint = parts.hint ?? null;
    this.detail = parts.detail ?? null;
  }
}
