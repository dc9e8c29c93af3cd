// Measures whole processes. `npm run bench -- 20000 100000` sets the numbers of rows, `npm run bench -- xml json 50000`
// the formats as well (csv, xml, json, ndjson; csv when none is named): an import in that format, then exports in it.
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
const wishes = process.argv.slice(2);
const sizes = wishes.filter(wish => /^\d+$/.test(wish)).map(Number);
const formats = wishes.filter(wish => !/^\d+$/.test(wish));
const pairs = 5;

for (const format of formats.length > 0 ? formats : ['csv'])
  for (const rows of sizes.length > 0 ? sizes : [20_000, 100_000]) await bench(rows, format);

async function bench(rows, format) {
  const [whole, changes] = ['companies', 'companies-changed'].map(name => `${name}.${format}`);
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
    writeCompanies(join(folder, whole), rows);
    writeCompanies(join(folder, changes), rows, 1000);
    const options = { cwd: folder, env: { ...process.env, BENCH_PASSWORD: password } };
    const run = async file => {
      const measured = await timed(sic, ['import', file, '--json'], options);
      const { counts, requests } = JSON.parse(measured.stdout);
      return { ...measured, counts, requests };
    };

    const created = await run(whole);
    tell(format, rows, 'create', created, `${Math.round(rows / created.seconds)} rows/s`);
    if (format === 'csv') {
      const again = await ratioToPapaparse(run, whole, folder);
      tell(format, rows, 'unchanged', again.last, `${again.ratio.toFixed(2)} x papaparse alone`);
    } else tell(format, rows, 'unchanged', await run(whole), '');
    const changed = await run(changes);
    tell(format, rows, 'one in 1,000 changed', changed, `${changed.counts.updated} updated`);
    await benchExports(format, rows, options);
  } finally {
    sandbox.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Few columns of one archive, all columns with their tables, and a criterion that SuperOffice decides. */
async function benchExports(format, rows, options) {
  const questions = {
    'export, four columns': ['--fields', 'CompUserKey01,Name,Department,CreatedDate'],
    'export, all columns': [],
    'export, one in eight': ['--fields', 'CompUserKey01,Name', '--where', 'PostalCity=Bergen'],
  };
  for (const [what, question] of Object.entries(questions)) {
    const answer = [
      '--datatype',
      'Company',
      ...question,
      '--format',
      format,
      '--out',
      'export.out',
      '--json',
    ];
    const measured = await timed(sic, ['export', ...answer], options);
    const told = JSON.parse(measured.stdout);
    const speed = `${told.rows} rows, ${Math.round(told.rows / measured.seconds)} rows/s`;
    tell(format, rows, what, { ...measured, requests: told.requests }, speed);
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

function tell(format, rows, what, { seconds, mebibytes, requests }, remark) {
  const cells = [
    `${format}, ${rows} rows, ${what}`.padEnd(42),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${Math.round(mebibytes)} MiB`.padStart(8),
    `${(requests.total / rows).toFixed(3)} requests/row`.padStart(19),
  ];
  console.log(`${cells.join('  ')}  ${remark}`);
}
