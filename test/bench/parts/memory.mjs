import { atMost } from '../goals.mjs';
import { megabytes } from '../measure.mjs';

export const summary = 'peak memory of import, validate and export at each size, and their speed';

/** How much more memory the largest file may take than the next smaller one: a run of a second has not grown to its size yet. */
const flat = 1.5;

export async function* run({ sizes, places }) {
  const peaks = new Map();
  for (const rows of sizes)
    for await (const line of measured(await places.at(rows))) {
      yield line;
      if (line.value !== null) peaks.set(line.what, [...(peaks.get(line.what) ?? []), line.value]);
    }
  if (sizes.length < 2) return;
  for (const [what, values] of peaks) {
    if (values.length < 2) continue;
    const detail = `${sizes.map(size => size.toLocaleString('en-US')).join(', ')} rows`;
    const value = values.at(-1) / values.at(-2);
    yield { what: `${what}, largest ÷ next smaller file`, value, unit: '×', goal: atMost(flat), detail };
  }
}

async function* measured(place) {
  const { rows } = place;
  const line = (what, { seconds, mebibytes }) => ({
    what,
    rows,
    value: megabytes(mebibytes),
    unit: 'MB',
    goal: atMost(200),
    detail: `${seconds.toFixed(1)} s, ${Math.round(rows / seconds).toLocaleString('en-US')} rows/s`,
  });
  const first = await place.primed();
  yield first.document.counts.created === rows
    ? line('import, new rows', first)
    : {
        ...line('import, new rows', first),
        value: null,
        skipped: 'the place that was kept has these companies',
      };
  place.forget('fresh');
  yield line('import, rows there already', await place.import('companies.csv', 'fresh'));
  place.forget('fresh');
  yield line('validate', await place.sic('validate', 'companies.csv', '--state-dir', 'fresh'));
  const exported = (...question) =>
    place.sic('export', '--datatype', 'Company', ...question, '--out', 'export.csv');
  yield line('export, four columns', await exported('--fields', 'CompUserKey01,Name,Department,CreatedDate'));
  yield line('export, all columns', await exported());
}
