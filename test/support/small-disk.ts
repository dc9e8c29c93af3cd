import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';

const bin = path.resolve('bin/sic.js');

/** Whether this machine lets anybody mount a disk in memory that only his own processes see. */
export function canMount(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=16k none /mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export type Step =
  | { readonly sic: string }
  /** Options of `mount -o remount`: `size=64m`, `ro`. */
  | { readonly remount: string };

export interface StepEnded {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const mark = '=-=-=';

/**
 * Runs `sic` again and again with a disk of its own in place of `.sic`, which is gone afterwards. Answers how each run of it
 * ended. No word of a command line may have a blank.
 */
export async function onSmallDisk(
  size: string,
  steps: readonly Step[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<StepEnded[]> {
  const script = [
    'mkdir -p .sic && mount -t tmpfs -o size="$3" none .sic || exit 9',
    ...steps.map(step =>
      'remount' in step
        ? `mount -o remount,${step.remount} .sic || exit 9`
        : `"$1" "$2" ${step.sic}; code=$?; echo "${mark}$code"; echo "${mark}" >&2`,
    ),
  ].join('\n');
  const argv = ['-rm', 'sh', '-c', script, 'sh', process.execPath, bin, size];
  const told = await new Promise<{ stdout: string; stderr: string }>((resolve, reject) =>
    execFile(
      'unshare',
      argv,
      { cwd, env: { PATH: process.env.PATH ?? '', ...env }, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => (error ? reject(error) : resolve({ stdout, stderr })),
    ),
  );
  const complaints = told.stderr.split(`${mark}\n`);
  return [...told.stdout.matchAll(new RegExp(`([^]*?)${mark}(\\d+)\\n`, 'g'))].map(
    ([, stdout = '', code], index) => ({
      code: Number(code),
      stdout,
      stderr: complaints[index] ?? '',
    }),
  );
}
