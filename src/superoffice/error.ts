/** SuperOffice (or the way to it) said no to one request. The import turns it into a row's fate; elsewhere it ends the command. */
export class SuperOfficeError extends Error {
  override readonly name = 'SuperOfficeError';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Short class name of the server's exception (`SoNotFoundException`), or '' when the body had none. */
  readonly errorType: string;
  /** `POST /v1/Contact`: never with a query string. */
  readonly request: string;
  /** True when a write went out and its answer was lost: it may or may not have been done. */
  readonly lost: boolean;
  /**
   * `row`: the verdict on this record's data; the next record may well pass. `tenant`: nothing will pass until
   * something outside the file changes (sign-in refused, tenant down, nobody answers).
   */
  readonly scope: 'row' | 'tenant';
  /** What to do next, as a sentence. */
  readonly hint: string;

  constructor(
    message: string,
    parts: {
      status: number;
      errorType?: string;
      request: string;
      lost?: boolean;
      scope: 'row' | 'tenant';
      hint: string;
      cause?: unknown;
    },
  ) {
    super(message, { cause: parts.cause });
    this.status = parts.status;
    this.errorType = parts.errorType ?? '';
    this.request = parts.request;
    this.lost = parts.lost ?? false;
    this.scope = parts.scope;
    this.hint = parts.hint;
  }
}
