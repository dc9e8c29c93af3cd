import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const sic = fileURLToPath(new URL('../../bin/sic.js', import.meta.url));

/**
 * Starts an embedded SuperOffice as a process of its own, with room for a million companies.
 * @returns what `sic sandbox --json` tells, and `stop`
 */
export async function startSandbox(...flags) {
  const args = ['--max-old-space-size=12288', sic, 'sandbox', '--port', '0', '--json', ...flags];
  const sandbox = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise(resolve => sandbox.once('exit', resolve));
  for await (const line of createInterface({ input: sandbox.stdout }))
    return {
      ...JSON.parse(line),
      stop: () => {
        sandbox.kill();
        return ended;
      },
    };
  throw new Error('The sandbox did not start.');
}
