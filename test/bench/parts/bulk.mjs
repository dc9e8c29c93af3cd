import { writeFileSync } from 'node:fs';
import { datatypeFiles, writeDatatypeFiles } from '../datatype-files.mjs';
import { atMost } from '../goals.mjs';
import { expectCounts } from '../place.mjs';

export const summary = 'requests that an updated row takes with --strategy bulk';

const rows = 5000;
/** Datatypes of which mass operations write user-defined fields alone. */
const byUserDefinedFields = ['projects', 'sales', 'appointments', 'documents'];

export async function* run({ places }) {
  const place = await places.bare('bulk');
  writeDatatypeFiles(place.folder, rows);
  for (const { name, columns } of datatypeFiles) {
    const isNarrow = byUserDefinedFields.includes(name);
    if (!isNarrow && name !== 'companies' && name !== 'persons') continue;
    if (isNarrow) writeUserDefinedFields(place.path(`${name}-changed.csv`), name, columns.split(';')[0]);
    const imported = file => place.import(file, 'state', '--profile', 'job', '--strategy', 'bulk');
    expectCounts(await imported(`${name}.csv`), { created: rows });
    const updated = await imported(`${name}-changed.csv`);
    expectCounts(updated, { updated: rows });
    const { requests } = updated.document;
    yield {
      what: `${name}, updated${isNarrow ? ' by user-defined fields' : ''}`,
      value: requests.total / rows,
      unit: 'requests a row',
      goal: atMost(0.03),
      detail: `${requests.write} to write, ${requests.read} to read, ${Math.round(rows / updated.seconds)} rows/s`,
    };
  }
}

function writeUserDefinedFields(path, name, key) {
  const letter = { projects: 'R', sales: 'S', appointments: 'A', documents: 'D' }[name];
  const lines = Array.from({ length: rows }, (_, row) => `${letter}-${row};Agreement ${row}\n`);
  writeFileSync(path, `${key};${key.replace('Key', 'Text')}\n${lines.join('')}`);
}
