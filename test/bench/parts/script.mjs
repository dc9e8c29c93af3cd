import { fileURLToPath } from 'node:url';
import { ran } from '../measure.mjs';

/** What a script of test/bench tells that can also be run alone, as `node test/bench/NAME.mjs --json`. */
export async function toldBy(name, ...flags) {
  const script = fileURLToPath(new URL(`../${name}.mjs`, import.meta.url));
  const { stdout, code } = await ran(process.execPath, [script, '--json', ...flags]);
  if (code !== 0) throw new Error(`test/bench/${name}.mjs ended with exit code ${code}.`);
  return JSON.parse(stdout);
}
