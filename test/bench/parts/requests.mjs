import { datatypeFiles, writeDatatypeFiles } from '../datatype-files.mjs';
import { atMost, between } from '../goals.mjs';
import { expectCounts } from '../place.mjs';

export const summary = 'requests that a row of each datatype takes, record by record';

const rows = 2000;

export async function* run({ places }) {
  const place = await places.bare('requests');
  writeDatatypeFiles(place.folder, rows);
  for (const file of datatypeFiles) yield* measured(place, file);
}

async function* measured(place, { name, create, readsFiles }) {
  const [first, changed] = [`${name}.csv`, `${name}-changed.csv`];
  const requests = async (file, state, counts) => {
    const imported = await place.import(file, state, '--strategy', 'entity');
    expectCounts(imported, counts);
    return imported.document.requests.total;
  };
  const line = (what, total, goal) => ({
    what: `${name}, ${what}`,
    value: total / rows,
    unit: 'requests a row',
    goal: readsFiles && what !== 'new' ? null : goal,
  });
  const begun = await requests(first, 'state', create === null ? { updated: rows } : { created: rows });
  if (create !== null) yield line('new', begun, between(create, create + 0.02));
  yield line('updated', await requests(changed, 'state', { updated: rows }), between(1, 1.02));
  yield line('there already', await requests(changed, 'fresh', { current: rows }), atMost(0.02));
  const unchanged = await requests(changed, 'state', { unchanged: rows });
  yield { what: `${name}, unchanged`, value: unchanged, unit: 'requests in all', goal: atMost(1) };
}
