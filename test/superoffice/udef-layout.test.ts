import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { connect } from '../../src/superoffice/connect.ts';
import { basicCredentials } from '../../src/superoffice/sign-in/credentials.ts';
import type { SuperOffice } from '../../src/superoffice/superoffice.ts';
import type { NewUdef } from '../../src/superoffice/udef-layout.ts';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { refusal } from '../support/refusal.ts';

let proxy: FaultyProxy;
let superoffice: SuperOffice;

beforeEach(async () => {
  const sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty' });
  onTestFinished(() => sandbox.close());
  proxy = await startFaultyProxy(sandbox.url);
  superoffice = await connect({
    credentials: basicCredentials(proxy.url, sandbox.username, sandbox.password),
    rate: 0,
    concurrency: 2,
    env: {},
    note: () => {},
    signal: new AbortController().signal,
  });
  onTestFinished(() => superoffice.close());
});

function field(progId: string, more: Partial<NewUdef> = {}): NewUdef {
  return {
    progId,
    label: progId,
    tooltip: '',
    type: 'ShortText',
    length: 39,
    indexed: false,
    readOnly: false,
    ...more,
  };
}

function writes(): string[] {
  return proxy.seen
    .filter(({ method, query }) => method !== 'GET' && !query.includes('udefFieldType'))
    .map(({ method, path }) => `${method} ${path}`);
}

const layout = '/v1/Sale/UdefLayout';
const rebuild = 'POST /v1/Agents/Configuration/RebuildUdefDeltas';
const whole = [`PUT ${layout}`, `POST ${layout}/Publish`, rebuild];

test('makes fields and publishes them; an index, a length and texts arrive', async () => {
  const fields = [
    field('Acme:Key', { indexed: true, readOnly: true, label: 'Key', tooltip: 'From the ERP' }),
    field('Acme:Much', { type: 'Decimal', length: 0 }),
  ];
  await superoffice.udefLayouts.create('Sale', fields);
  expect(writes()).toEqual(whole);
  const published = await superoffice.udefLayouts.published('Sale');
  expect(
    [...published.values()].map(({ progId, type, length, indexed, readOnly }) => [
      progId,
      type,
      length,
      indexed,
      readOnly,
    ]),
  ).toEqual([
    ['Acme:Key', 'ShortText', 39, true, true],
    ['Acme:Much', 'Decimal', 0, false, false],
  ]);
  await superoffice.udefLayouts.create('Sale', [field('Acme:More')]);
  expect((await superoffice.udefLayouts.published('Sale')).size).toBe(3);
});

test.each(['PUT', 'POST'] as const)('the answer to the %s is lost: nothing is made twice', async lost => {
  const target = lost === 'PUT' ? layout : `${layout}/Publish`;
  proxy.script(({ method, path }) => (method === lost && path === target ? 'lose-answer' : null));
  await superoffice.udefLayouts.create('Sale', [field('Acme:Key')]);
  expect(writes()).toEqual(whole);
  expect([...(await superoffice.udefLayouts.published('Sale')).keys()]).toEqual(['Acme:Key']);
});

test('a draft that an earlier try left is published, not made again', async () => {
  proxy.script(({ method, path }) =>
    method === 'POST' && path === `${layout}/Publish` ? { status: 400, body: '{"Message":"not now"}' } : null,
  );
  await expect(superoffice.udefLayouts.create('Sale', [field('Acme:Key')])).rejects.toThrow('not now');
  proxy.script(() => null);
  const before = writes().length;
  await superoffice.udefLayouts.create('Sale', [field('Acme:Key'), field('Acme:Other')]);
  expect(writes().slice(before)).toEqual(whole);
  expect([...(await superoffice.udefLayouts.published('Sale')).keys()]).toEqual(['Acme:Key', 'Acme:Other']);
});

test('a Prog ID that waits in the draft with another type is not ours', async () => {
  proxy.script(({ method, path }) =>
    method === 'POST' && path === `${layout}/Publish` ? { status: 400, body: '{}' } : null,
  );
  await expect(superoffice.udefLayouts.create('Sale', [field('Acme:Key')])).rejects.toThrow();
  proxy.script(() => null);
  const before = writes().length;
  const other = field('Acme:Key', { type: 'Number', length: 0 });
  const error = await refusal(superoffice.udefLayouts.create('Sale', [other]));
  expect([error.code, writes().length]).toEqual(['locked', before]);
  expect(error.message).toContain('"Acme:Key"');
});

test('more fields than an entity can have: nothing is sent', async () => {
  const many = Array.from({ length: 41 }, (_, index) => field(`Acme:Text${index}`));
  const error = await refusal(superoffice.udefLayouts.create('Sale', many));
  expect(error.message).toContain('40 fields of ShortText, UnlimitedDate together');
  expect(writes()).toEqual([]);
});

test('an application that may not rebuild caches has its fields all the same', async () => {
  proxy.script(({ path }) =>
    path.startsWith('/v1/Agents/') ? { status: 400, body: '{"Message":"blocked"}' } : null,
  );
  await superoffice.udefLayouts.create('Sale', [field('Acme:Key')]);
  expect((await superoffice.udefLayouts.published('Sale')).size).toBe(1);
});

test('published, but not to be seen', async () => {
  proxy.script(({ method, path }) =>
    method === 'GET' && path === `${layout}/Published` ? { status: 200, body: '[]' } : null,
  );
  const error = await refusal(superoffice.udefLayouts.create('Sale', [field('Acme:Key')]));
  expect(error.message).toContain('does not show it among the published fields');
});

test('the clock and the version of the server', async () => {
  expect(await superoffice.netServerVersion()).toMatch(/^12\.4\./);
  const clock = superoffice.serverClock();
  expect(Math.abs((clock?.here ?? 0) - (clock?.there ?? 0))).toBeLessThan(30_000);
  proxy.script(() => ({ status: 200, headers: { date: 'Sat, 31 Jan 2026 12:00:00 GMT' }, body: '{}' }));
  expect(await superoffice.netServerVersion()).toBe('');
  expect(superoffice.serverClock()?.there).toBe(Date.UTC(2026, 0, 31, 12));
});
