import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { datatypes } from '../../src/datatypes/index.ts';
import { type RecordingProxy, startRecordingProxy } from '../contract/recording-proxy.ts';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { folderOfFile } from '../support/folders.ts';
import { makeAMess } from './mess.ts';
import { importExamples, type Place, placeAt } from './places.ts';

const folder = folderOfFile();
let place: Place;
let older: Place;
let proxy: RecordingProxy;

beforeAll(async () => {
  const tenant = await Tenant.start();
  const old = await Tenant.start({ 'post-archive-known': 'no' });
  place = await placeAt(join(folder, 'new'), tenant);
  proxy = await startRecordingProxy(old.sandbox.url);
  older = await placeAt(join(folder, 'old'), old, proxy.url);
  for (const each of [place, older]) await importExamples(each);
  for (const each of [tenant, old]) await makeAMess(each);
  return () => {
    proxy.close();
    return Promise.all([tenant.close(), old.close()]);
  };
}, 60_000);

it.each(datatypes)(
  '$name: a SuperOffice that answers with texts instead of ids exports the same',
  async ({ name }) => {
    // Longer than an address may be, so that it does not go by GET.
    const criteria = Array.from({ length: 60 }, (_, n) => `--where=SuperOfficeId<>${900_000 + n}`);
    const flags = ['export', '--datatype', name, '--format', 'ndjson', '--typed', ...criteria];
    const [here, there] = [await place.run(...flags), await older.run(...flags)];
    expect([here.exitCode, there.exitCode], there.stderr).toEqual([0, 0]);
    expect(lines(there.stdout)).toEqual(lines(here.stdout));
    expect(proxy.exchanges.some(({ path }) => path.includes('GetArchiveListByColumns'))).toBe(true);
  },
);

it.each(datatypes)('$name: what it exports, an import finds as it is', async ({ name, keyField }) => {
  const where = `--where=${keyField}<>""`;
  const ran = await older.run('export', '--datatype', name, where, '--typed', '--out', `${name}.json`);
  expect(ran.exitCode, ran.stderr).toBe(0);
  const { rows, requests } = await older.import(`${name}.json`);
  expect(rows.filter(({ status }) => status !== 'current')).toEqual([]);
  expect(requests.write).toBe(0);
});

/** Without the time at which the test made a message. */
function lines(text: string): string[] {
  return text
    .replace(/"CreatedAt":"[^"]*"/g, '')
    .split('\n')
    .sort();
}
