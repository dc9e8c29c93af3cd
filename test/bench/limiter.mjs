// Does the rate hold? Imports companies for a minute at ten requests a second and counts what comes in on the wire.
// `node test/bench/limiter.mjs [--json] [--rate 10] [--seconds 60]`, after `npm run build`.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeCompanies } from './companies.mjs';
import { timed } from './measure.mjs';
import { openSlowWire } from './slow-wire.mjs';

const sic = fileURLToPath(new URL('../../bin/sic.js', import.meta.url));
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '60' },
  },
});
const rate = Number(flags.rate);
const seconds = Number(flags.seconds);

const folder = mkdtempSync(join(tmpdir(), 'sic-bench-'));
const sandbox = spawn(process.execPath, [sic, 'sandbox', '--port', '0', '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let wire = null;
try {
  const { url, username, password } = JSON.parse(await firstLine(sandbox.stdout));
  wire = await openSlowWire(url, 50);
  const auth = { type: 'basic', username, password: { env: 'BENCH_PASSWORD' } };
  const bench = { url: wire.url, auth, rate, concurrency: 8 };
  writeFileSync(join(folder, 'sic.config.json'), JSON.stringify({ profiles: { bench } }));
  // A little more than the minute takes, so that there is always something to send in it.
  writeCompanies(join(folder, 'companies.csv'), Math.ceil(rate * (seconds + 3)));
  const env = { ...process.env, BENCH_PASSWORD: password };
  await timed(sic, ['import', 'companies.csv', '--json'], { cwd: folder, env });
  const { starts, writes } = wire.take();
  tell(starts, writes[0]);
} finally {
  wire?.close();
  sandbox.kill();
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param starts milliseconds at which requests came in, in order
 * @param first when the first write came: before it there is not always something to send
 */
function tell(starts, first) {
  const measured = {
    rate,
    seconds,
    requests: starts.filter(at => at >= first && at < first + seconds * 1000).length,
    allowed: rate * seconds,
    // Requests are let go in time; the way to the server is as long as it is, so one may come in a millisecond early.
    mostInASecond: mostWithin(starts, 1000),
    mostInASecondButJitter: mostWithin(starts, 990),
    shortestGap: Math.min(...starts.slice(1).map((at, index) => at - starts[index])),
  };
  if (flags.json) return console.log(JSON.stringify({ kind: 'sic.bench.limiter', ...measured }, null, 2));
  console.log(`${measured.requests} requests in ${seconds} s, of ${measured.allowed} that are allowed`);
  console.log(
    `most in any second: ${measured.mostInASecond} (in any 990 ms: ${measured.mostInASecondButJitter})`,
  );
  console.log(`shortest gap: ${measured.shortestGap.toFixed(1)} ms`);
}

function mostWithin(starts, milliseconds) {
  let most = 0;
  let oldest = 0;
  for (const [index, at] of starts.entries()) {
    while (starts[oldest] <= at - milliseconds) oldest++;
    most = Math.max(most, index - oldest + 1);
  }
  return most;
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('the sandbox did not start');
}
