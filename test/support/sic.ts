import os from 'node:os';
import { concealing } from '../../src/cli/concealment.ts';
import type { Context, Outside } from '../../src/cli/context.ts';
import { main } from '../../src/cli/main.ts';
import type { Keychain } from '../../src/config/keychain.ts';

export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told of everything written to stdout, as it comes. */
  readonly onStdout?: (text: string) => void;
  /** The same for stderr. */
  readonly onStderr?: (text: string) => void;
  /** False once nobody reads the streams any more. */
  readonly isRead?: () => boolean;
  readonly stdin?: NodeJS.ReadableStream;
  readonly keychain?: () => Promise<Keychain>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A context whose streams are kept; no terminal. */
export function captureContext(surroundings: Surroundings = {}) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
      if (name === 'stdout') surroundings.onStdout?.(text);
      else surroundings.onStderr?.(text);
    },
    taken: async () => surroundings.isRead?.() ?? true,
    isTTY: false,
    columns: 80,
  });
  const outside: Outside = {
    env: surroundings.env ?? {},
    cwd: surroundings.cwd ?? os.tmpdir(),
    stdin: surroundings.stdin ?? process.stdin,
    stdout: output('stdout'),
    stderr: output('stderr'),
    now: surroundings.now ?? Date.now,
    signal: surroundings.signal ?? new AbortController().signal,
    ...(surroundings.keychain ? { keychain: surroundings.keychain } : {}),
  };
  const context: Context = concealing(outside);
  return { context, written };
}

/** The real program, in this process. */
export async function sic(argv: readonly string[], surroundings: Surroundings = {}): Promise<Captured> {
  const { context, written } = captureContext(surroundings);
  const exitCode = await main(argv, context);
  return { exitCode, ...written };
}
