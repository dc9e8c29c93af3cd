import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Builds `dist/` once, before the first test: files that spawn the program run side by side and must not build under each other. */
export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, ['esbuild.config.mjs']);
}
