import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const bin = path.resolve('bin/sic.js');

export interface Ended {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** What it writes first to standard output. */
  readonly firstOutput: Promise<string>;
  /** Resolves when standard error has said this; rejects when the program ended without it. */
  said(pattern: RegExp): Promise<void>;
}

export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `sic` as a process of its own, off a terminal, with no environment and input but what is given. Ended with the test at the latest. */
export function startSic(argv: readonly string[], surroundings: Surroundings, stdin = ''): Running {
  const running = spawnSic(argv, surroundings, stdin);
  onTestFinished(() => {
    running.child.kill('SIGKILL');
  });
  return running;
}

/** The same for whoever ends it himself. */
export function spawnSic(argv: readonly string[], { cwd, env = {} }: Surroundings, stdin = ''): Running {
  const child = spawn(process.execPath, [bin, ...argv], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {}).end(stdin);
  const written = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      for (const watcher of watchers) watcher();
    });
  const ended = new Promise<Ended>(resolve =>
    child.on('close', (code, signal) => resolve({ code, signal, ...written })),
  );
  return {
    child,
    pid: child.pid ?? 0,
    ended,
    firstOutput: new Promise(resolve => child.stdout.once('data', resolve)),
    said: pattern =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(written.stderr)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without saying ${pattern}: ${written.stderr}`)));
      }),
  };
}

/** Runs `sic` to its end. */
export function runSic(argv: readonly string[], surroundings: Surroundings, stdin = ''): Promise<Ended> {
  return startSic(argv, surroundings, stdin).ended;
}
