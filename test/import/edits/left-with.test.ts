import { expect, test } from 'vitest';
import type { Datatype } from '../../../src/datatypes/datatype.ts';
import { datatypeNamed } from '../../../src/datatypes/index.ts';
import { leftWith } from '../../../src/import/edits/left-with.ts';
import type { Watch } from '../../../src/import/edits/watch.ts';
import type { Wanted } from '../../../src/import/plan/value.ts';
import { recordOf } from '../../../src/records/current.ts';
import { FieldMemory } from '../../../src/state/fields/memory.ts';
import { unknownHash } from '../../../src/state/fields/update.ts';
import { loadFingerprints } from '../../../src/state/fingerprint.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function watching(name: string): Promise<Watch> {
  const datatype = datatypeNamed(name);
  if (!datatype) throw new Error(`no datatype ${name}`);
  const memory = await FieldMemory.open(await temporaryFolder(), name, 'Cust1');
  await memory.load();
  return { datatype, memory, fingerprints: await loadFingerprints(), policy: 'report' };
}

function want({ fields }: Datatype, name: string, value: Wanted['value']): Wanted {
  const field = fields.find(each => each.name === name);
  if (!field) throw new Error(`no field ${name}`);
  return { field, value, text: String(value), add: [] };
}

const known = recordOf({ entity: 'any', primaryKey: 7, cells: new Map() }, 'K-1');
const directory = { lists: new Map(), associates: [], countries: [] };

/** Places by what is known of them afterwards. */
async function after(name: string, values: Readonly<Record<string, Wanted['value']>>) {
  const watch = await watching(name);
  const wanted = Object.entries(values).map(([field, value]) => want(watch.datatype, field, value));
  const { hashes } = leftWith(
    {
      wanted,
      written: wanted,
      existing: known,
      directory,
      // Everything was known to be something else.
      known: () => 1,
      files: undefined,
    },
    watch,
  );
  const of = (isKnown: boolean): (string | undefined)[] =>
    [...hashes]
      .filter(([, hash]) => (hash !== unknownHash) === isKnown)
      .map(([column]) => watch.memory.columns[column]?.at);
  return { known: of(true), unknown: of(false) };
}

test.each([
  ['Company', { Name: 'A', PostalCity: 'Molde' }, ['Name', 'Postal.City'], []],
  ['Sale', { Amount: 5 }, ['Amount'], ['Earning', 'EarningPercent']],
  ['Sale', { Amount: 5, Earning: 1, EarningPercent: 20 }, ['Amount', 'Earning', 'EarningPercent'], []],
  ['Sale', { Status: 'Sold' }, ['Status'], ['Rating', 'Probability', 'Saledate', 'ReopenDate']],
  ['Message', { HtmlBody: '<p>A</p>' }, ['HtmlBody'], ['Body']],
  ['Person', { Lastname: 'A' }, ['Lastname'], []],
  [
    'Person',
    { CompUserKey01: 5, Category: 3 },
    ['Contact'],
    ['Category', 'Country', 'Associate', 'Business'],
  ],
  ['Document', { Name: 'offer.txt' }, [], []],
])('%s %o', async (name, values, isKnown, unknown) => {
  const told = await after(name, values);
  expect(told.known.sort()).toEqual([...isKnown].sort());
  expect(told.unknown.sort()).toEqual([...unknown].sort());
});
