/** What a command may touch of the outside. Made once in process.ts; tests make their own. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream;
  /** The result, and nothing else. */
  readonly stdout: Output;
  /** Everything said to people: progress, warnings, errors. */
  readonly stderr: Output;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Fires on SIGINT and SIGTERM; `reason` is the signal's name. */
  readonly signal: AbortSignal;
}

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Columns of the terminal; 80 when unknown. */
  readonly columns: number;
}
