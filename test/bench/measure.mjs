import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const report = fileURLToPath(new URL('./report-usage.mjs', import.meta.url));

/** Runs a Node script as a process of its own. Seconds of wall time, MiB of peak memory, and what it printed. */
export async function timed(script, args, options = {}) {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', report, script, ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const [stdout, usage, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stdio[3]),
    new Promise(resolve => child.on('close', resolve)),
  ]);
  return { seconds: (performance.now() - started) / 1000, mebibytes: Number(usage) / 1024, stdout, code };
}

async function textOf(stream) {
  let text = '';
  for await (const piece of stream.setEncoding('utf8')) text += piece;
  return text;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
