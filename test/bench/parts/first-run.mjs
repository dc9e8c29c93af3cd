import { atMost } from '../goals.mjs';
import { inTurn, ratio, yardstick } from '../measure.mjs';
import { secondsByKind } from '../profile.mjs';

export const summary = 'what the first import of a file takes to remember it, beside papaparse';

const most = 100_000;
const state = 'hashing and writing the state';
const fields = 'remembering what fields were left with';
const kinds = {
  delta:
    /^(formats\/blocks\/cutter|import\/(delta|memory|arrangement|known-blocks|passed-records)|state\/(accepted|open-accepted|record-table|hash-index|fingerprint))/,
  fields: /^(state\/fields|import\/edits)/,
};

/**
 * SuperOffice holds the rows already, but sic has no memory of them: every record is hashed, parsed and remembered. A
 * profile of that import tells how long sic was at what no import without a memory would do, whatever SuperOffice takes.
 */
export async function* run({ sizes, rounds, places }) {
  for (const rows of new Set(sizes.map(size => Math.min(size, most)))) {
    const place = await places.at(rows);
    await place.primed();
    let told;
    const seconds = await inTurn(rounds, {
      [state]: async () => {
        told = await remembering(place);
        return told.delta;
      },
      [fields]: () => told.fields,
      papaparse: yardstick('papaparse', place.file('companies.csv')),
    });
    yield ratio(seconds, state, 'papaparse', { rows, goal: rows >= most ? atMost(0.5) : null });
    yield ratio(seconds, fields, 'papaparse', { rows });
  }
}

async function remembering(place) {
  place.forget('fresh');
  const folder = await place.profiled('import', 'companies.csv', '--state-dir', 'fresh');
  const kindOf = source => Object.keys(kinds).find(kind => kinds[kind].test(source)) ?? null;
  const seconds = { delta: 0, fields: 0, ...secondsByKind(folder, kindOf) };
  if (seconds.delta === 0)
    throw new Error('The profile shows nothing of the delta: its modules were renamed.');
  return seconds;
}
