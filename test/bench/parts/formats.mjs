import { changedJob, unchangedJob } from '../delta-jobs.mjs';
import { atMost } from '../goals.mjs';
import { inTurn, megabytes, ratio, yardstick } from '../measure.mjs';

export const summary = 'XML, JSON and NDJSON: what changed in a file, beside a parser alone';

/**
 * Beside what each is measured, and its goals for unchanged files and for those with 0.1 % changed. The parser of XML is
 * slow; JSON.parse is machine code, so there is less to win.
 */
const formats = {
  xml: { parser: 'fast-xml-parser', goals: [0.1, 0.2] },
  json: { parser: 'json-parse', goals: [1, 1.2] },
  ndjson: { parser: 'json-parse', goals: [1, 1.2] },
};

/** The parsers read a file into one string, which no larger file would fit into. */
const most = 100_000;

export async function* run({ sizes, rounds, places }) {
  for (const rows of new Set(sizes.map(size => Math.min(size, most)))) {
    const place = await places.at(rows);
    for (const [format, beside] of Object.entries(formats)) yield* measured(place, format, beside, rounds);
  }
}

async function* measured(place, format, { parser, goals }, rounds) {
  const [name, changes] = [`companies.${format}`, `companies-changed.${format}`];
  const label = format.toUpperCase();
  const line = goal => ({ rows: place.rows, goal: place.rows >= most ? atMost(goal) : null });
  await place.prime(name, format);
  const unchanged = await inTurn(rounds, {
    [`${label} unchanged`]: unchangedJob(place, name, format),
    [parser]: yardstick(parser, place.file(name)),
  });
  yield ratio(unchanged, `${label} unchanged`, parser, line(goals[0]));
  const { job } = await changedJob(place, changes, format);
  const changed = await inTurn(rounds, {
    [`${label} 0.1 % changed`]: job,
    [parser]: yardstick(parser, place.file(changes)),
  });
  yield ratio(changed, `${label} 0.1 % changed`, parser, line(goals[1]));
  place.restore(format);
  const { mebibytes } = await place.import(changes, format);
  const value = megabytes(mebibytes);
  yield {
    what: `${label} 0.1 % changed, peak memory`,
    rows: place.rows,
    value,
    unit: 'MB',
    goal: atMost(120),
  };
}
