import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.mjs';

export const sic = fileURLToPath(new URL('../../bin/sic.js', import.meta.url));

/**
 * Starts an embedded SuperOffice as a process of its own, with room for a million companies.
 * @returns what `sic sandbox --json` tells, and `stop`
 */
export async function startSandbox(...flags) {
  const args = ['--max-old-space-size=12288', sic, 'sandbox', '--port', '0', '--json', ...flags];
  const { child, ended } = startChild(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout }))
    return {
      ...JSON.parse(line),
      stop: () => {
        child.kill();
        return ended;
      },
    };
  throw new Error('The sandbox did not start.');
}
