// Measures whole processes. `npm run bench -- 20000 100000` sets the numbers of rows.
// Ratios come from runs in turn (A B A B …), because machines drift; single seconds are only for orientation.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { writeCompanies } from './companies.mjs';
import { median, timed } from './measure.mjs';

const sic = fileURLToPath(new URL('../../bin/sic.js', import.meta.url));
const papaparse = fileURLToPath(new URL('./papaparse-alone.mjs', import.meta.url));
const sizes = process.argv.slice(2).map(Number);
const pairs = 5;

for (const rows of sizes.length > 0 ? sizes : [20_000, 100_000]) await bench(rows);

async function bench(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'sic-bench-'));
  const sandbox = spawn(process.execPath, [sic, 'sandbox', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { url, username, password } = JSON.parse(await firstLine(sandbox.stdout));
    const auth = { type: 'basic', username, password: { env: 'BENCH_PASSWORD' } };
    writeFileSync(
      join(folder, 'sic.config.json'),
      JSON.stringify({ profiles: { bench: { url, auth, rate: 0, concurrency: 8 } } }),
    );
    writeCompanies(join(folder, 'companies.csv'), rows);
    writeCompanies(join(folder, 'companies-changed.csv'), rows, 1000);
    const options = { cwd: folder, env: { ...process.env, BENCH_PASSWORD: password } };
    const run = async file => {
      const measured = await timed(sic, ['import', file, '--json'], options);
      const { counts, requests } = JSON.parse(measured.stdout);
      return { ...measured, counts, requests };
    };

    const created = await run('companies.csv');
    tell(rows, 'create', created, `${Math.round(rows / created.seconds)} rows/s`);
    const again = await ratioToPapaparse(run, 'companies.csv', folder);
    tell(rows, 'unchanged', again.last, `${again.ratio.toFixed(2)} x papaparse alone`);
    const changed = await run('companies-changed.csv');
    tell(rows, 'one in 1,000 changed', changed, `${changed.counts.updated} updated`);
  } finally {
    sandbox.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ratioToPapaparse(run, file, folder) {
  const ratios = [];
  let last;
  for (let pair = 0; pair < pairs; pair++) {
    last = await run(file);
    ratios.push(last.seconds / (await timed(papaparse, [join(folder, file)])).seconds);
  }
  return { last, ratio: median(ratios) };
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('the sandbox did not start');
}

function tell(rows, what, { seconds, mebibytes, requests }, remark) {
  const cells = [
    `${rows} rows, ${what}`.padEnd(36),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${Math.round(mebibytes)} MiB`.padStart(8),
    `${(requests.total / rows).toFixed(3)} requests/row`.padStart(19),
  ];
  console.log(`${cells.join('  ')}  ${remark}`);
}
