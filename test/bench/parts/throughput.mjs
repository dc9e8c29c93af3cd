import { atLeast } from '../goals.mjs';
import { toldBy } from './script.mjs';

export const summary = 'rows a second at latencies of 20, 50 and 100 ms, beside concurrency ÷ latency';

/** From the first write on: the questions that every run begins with weigh much in a run of seconds. */
export async function* run() {
  const { measured } = await toldBy('throughput');
  for (const { latency, concurrency, ideal, ...told } of measured)
    for (const what of ['create', 'update'])
      yield {
        what: `${what}, ${latency} ms, ${concurrency} connections ÷ ideal`,
        value: told[what].steady,
        unit: '×',
        goal: atLeast(0.9),
        detail: `whole run ${Math.round(told[what].rate)} of ${Math.round(ideal)} rows/s`,
      };
}
