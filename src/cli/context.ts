import type { Keychain } from '../config/keychain.ts';

/** What the program may touch of the outside. Made once in process.ts; tests make their own. */
export interface Outside {
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
  /** Loads the keychain in place of keytar; given by tests of machines with another one, or with none. */
  readonly keychain?: () => Promise<Keychain>;
}

/** What a command is given: the same, but nothing that was concealed gets out through its streams. */
export interface Context extends Outside {
  /** Whatever these secrets are by the time of a write is blanked out in it. */
  readonly conceal: (secrets: () => readonly string[]) => void;
  /** Blanks them out in what is written past the streams. */
  readonly mask: (text: string) => string;
}

export interface Output {
  write(text: string): void;
  /**
   * Resolves once what was written is taken; false: nobody reads any more. Who writes much waits for it, or a slow reader
   * has it all pile up in memory. Throws SicError 'file' when it cannot be written (a full disk), and on a signal while
   * it waits.
   */
  taken(): Promise<boolean>;
  /** The same once nothing waits in this process any more: what was written has reached the file or the pipe. */
  flushed(): Promise<boolean>;
  readonly isTTY: boolean;
  /** Columns of the terminal; 80 when unknown. */
  readonly columns: number;
}
