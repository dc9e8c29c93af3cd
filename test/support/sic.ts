import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach } from 'vitest';
import { main } from '../../src/cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real program in this process, off a terminal, in `cwd`. */
export async function sic(
  cwd: string,
  argv: readonly string[],
  more: { env?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await main(argv, {
    env: { ...more.env },
    cwd,
    stdin: Readable.from([]),
    stdout: { write: text => void stdout.push(text), isTTY: false, columns: 100 },
    stderr: { write: text => void stderr.push(text), isTTY: false, columns: 100 },
    now: () => Date.now(),
    signal: more.signal ?? new AbortController().signal,
  });
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** A folder of its own for one test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sic-test-'));
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
