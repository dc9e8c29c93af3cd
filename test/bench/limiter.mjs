// Does the rate hold? Imports companies for a minute at ten requests a second and counts what comes in on the wire.
// `node test/bench/limiter.mjs [--json] [--rate 10] [--seconds 60]`, after `npm run build`.
import { parseArgs } from 'node:util';
import { writeCompanies } from './companies.mjs';
import { openSlowPlace } from './slow-place.mjs';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '60' },
  },
});
const rate = Number(flags.rate);
const seconds = Number(flags.seconds);

const place = await openSlowPlace(50, { rate, concurrency: 8 });
try {
  // A little more than the minute takes, so that there is always something to send in it.
  writeCompanies(place.path('companies.csv'), Math.ceil(rate * (seconds + 3)));
  await place.import('companies.csv');
  const { starts, writes } = place.wire.take();
  tell(starts, writes[0]);
} finally {
  await place.close();
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
