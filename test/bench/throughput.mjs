// How near an import comes to what its connections could do: rows a second beside concurrency ÷ latency, without a rate limit.
// `node test/bench/throughput.mjs [--json] [--latency 20,50,100] [--concurrency 8,16,32] [--seconds 15]`, after `npm run build`.
import { parseArgs } from 'node:util';
import { writeCompanies } from './companies.mjs';
import { openSlowPlace } from './slow-place.mjs';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    latency: { type: 'string', default: '20,50,100' },
    concurrency: { type: 'string', default: '8,16,32' },
    seconds: { type: 'string', default: '15' },
  },
});
const numbers = text => text.split(',').map(Number);

const measured = [];
for (const latency of numbers(flags.latency))
  for (const concurrency of numbers(flags.concurrency)) measured.push(await measure(latency, concurrency));
if (flags.json) console.log(JSON.stringify({ kind: 'sic.bench.throughput', measured }, null, 2));

/** Creates as many companies as an ideal client would in `--seconds`, then updates each of them. */
async function measure(latency, concurrency) {
  const ideal = (concurrency / latency) * 1000;
  const rows = Math.ceil((ideal * Number(flags.seconds)) / 100) * 100;
  const place = await openSlowPlace(latency, { rate: 0, concurrency });
  try {
    writeCompanies(place.path('companies.csv'), rows);
    writeCompanies(place.path('companies-changed.csv'), rows, { change: 1 });
    const told = {};
    for (const [what, file] of [
      ['create', 'companies.csv'],
      ['update', 'companies-changed.csv'],
    ]) {
      const { stdout } = await place.import(file, '--max-changes', '100%', '--strategy', 'entity');
      const { counts } = JSON.parse(stdout);
      if (counts[`${what}d`] !== rows) throw new Error(`${what}: ${JSON.stringify(counts)}`);
      told[what] = figures(rows, ideal, concurrency, place.wire.take());
      if (!flags.json) tell(latency, concurrency, what, rows, ideal, told[what]);
    }
    return { latency, concurrency, rows, ideal, ...told };
  } finally {
    await place.close();
  }
}

/**
 * `ratio`: of the ideal, from the first request to the last answer; `steady`: from the first write on, without the questions
 * that every run begins with. `service`: milliseconds that an answer really took; a machine that is late makes it more than
 * the latency. `busy`: the share of connections that waited for an answer.
 */
function figures(rows, ideal, concurrency, { starts, writes, busy, last }) {
  const seconds = (last - starts[0]) / 1000;
  return {
    seconds,
    rate: rows / seconds,
    ratio: rows / seconds / ideal,
    steady: ((rows / (last - writes[0])) * 1000) / ideal,
    service: busy / starts.length,
    busy: busy / 1000 / (seconds * concurrency),
    requestsPerRow: starts.length / rows,
  };
}

function tell(latency, concurrency, what, rows, ideal, told) {
  const cells = [
    `${latency} ms, ${concurrency} connections, ${rows} x ${what}`.padEnd(44),
    `${told.rate.toFixed(0)} rows/s of ${ideal.toFixed(0)}`.padStart(20),
    `ratio ${told.ratio.toFixed(3)}`,
    `steady ${told.steady.toFixed(3)}`,
    `answers after ${told.service.toFixed(1)} ms`,
    `${(told.busy * 100).toFixed(1)} % busy`,
    `${told.requestsPerRow.toFixed(3)} requests/row`,
  ];
  console.log(cells.join('  '));
}
