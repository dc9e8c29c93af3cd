import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { type Fault, type FaultyProxy, type Seen, startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, type Workplace, workplace } from '../support/workplace.ts';

const rows = 20;
const argv = ['import', 'companies.csv', '--json'];

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** A company file behind a proxy that does `fault` to the fifth create, once. */
async function withFault(prefix: string, fault: Fault): Promise<{ place: Workplace; proxy: FaultyProxy }> {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await place.write('companies.csv', companyFile(prefix, rows));
  proxy.script(one => (isFifthCreate(one) ? fault : null));
  return { place, proxy };
}

const isFifthCreate = (one: Seen) => one.kind === 'create' && one.turn === 5;
const creates = (proxy: FaultyProxy) => proxy.seen.filter(one => one.kind === 'create');

describe('a create whose answer does not arrive is looked up by its key', () => {
  test.each<[string, string, Fault]>([
    ['the connection breaks after the work', 'LOST', 'lose-answer'],
    ['the JSON is cut', 'TRUNC', 'truncate'],
  ])('%s: found, and not sent again', async (_name, prefix, fault) => {
    const { place, proxy } = await withFault(prefix, fault);
    const { counts, exitCode } = documentOf(await runSic(argv, place));
    expect(exitCode).toBe(0);
    expect(counts).toMatchObject({ read: rows, created: rows });
    expect(creates(proxy)).toHaveLength(rows);
    expect(await tenant.companies(prefix)).toEqual(eachOnce(prefix, rows));
    const key = JSON.parse((await proxy.saw(isFifthCreate)).body).CustomFields['Siteshop:CompUserKey01'];
    const after = proxy.seen.slice(proxy.seen.findIndex(isFifthCreate));
    const lookUps = after.filter(one => one.kind === 'read' && decodeURIComponent(one.query).includes(key));
    expect(lookUps).toHaveLength(1);

    const again = documentOf(await runSic(argv, place));
    expect(again.counts.unchanged).toBe(rows);
    expect(creates(proxy)).toHaveLength(rows);
  });
});

test('an update whose answer is lost is sent again: that changes nothing twice', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await place.write('companies.csv', companyFile('PATCH', rows));
  await runSic(argv, place);
  await place.write('companies.csv', companyFile('PATCH', rows).replaceAll('Company', 'Firma'));
  proxy.script(one => (one.kind === 'update' && one.turn === 3 ? 'lose-answer' : null));
  const { counts, requests, exitCode } = documentOf(await runSic(argv, place));
  expect(exitCode).toBe(0);
  expect(counts).toMatchObject({ read: rows, updated: rows });
  expect(requests.retried).toBe(1);
  expect(proxy.seen.filter(one => one.kind === 'update')).toHaveLength(rows + 1);
});

test.each([429, 503])('%d with Retry-After is obeyed, told and counted', async status => {
  const prefix = `S${status}`;
  const { place, proxy } = await withFault(prefix, { status, headers: { 'retry-after': '1' }, body: '' });
  const ended = await runSic(argv, place);
  const { counts, requests, exitCode } = documentOf(ended);
  expect(exitCode).toBe(0);
  expect(counts).toMatchObject({ read: rows, created: rows });
  expect(requests.retried).toBe(1);
  expect(requests.total).toBe(proxy.seen.length);
  expect(creates(proxy)).toHaveLength(rows + 1);
  expect(ended.stderr).toMatch(
    new RegExp(`POST /v1/Contact: .* answered ${status} .*; waiting 1\\.0 s, then try 2 of 6`),
  );
  expect(await tenant.companies(prefix)).toEqual(eachOnce(prefix, rows));
});

test('SuperOffice refuses one record: that row fails, the others go through', async () => {
  const verdict = {
    Error: true,
    ErrorType: 'SoException',
    ErrorMessage: 'Number2 is taken',
  };
  const { place, proxy } = await withFault('VERDICT', { status: 500, body: JSON.stringify(verdict) });
  const { counts, exitCode, rows: told } = documentOf(await runSic(argv, place));
  expect(exitCode).toBe(1);
  expect(counts).toMatchObject({ read: rows, created: rows - 1, failed: 1 });
  expect(creates(proxy)).toHaveLength(rows);
  expect(told).toHaveLength(1);
  expect(told[0]?.problems[0]?.message).toContain('Number2 is taken');

  const again = documentOf(await runSic(argv, place));
  expect(again.counts).toMatchObject({ unchanged: rows - 1, created: 1 });
});

test('the sign-in is refused in the middle: 3, nothing more is sent, the next run does the rest', async () => {
  const many = 150;
  const { place, proxy } = await withFault('LOCKOUT', { status: 401, body: '' });
  await place.write('companies.csv', companyFile('LOCKOUT', many));
  proxy.script(one => (one.kind === 'create' && one.turn >= 30 ? { status: 401, body: '' } : null));
  const ended = await runSic(argv, place);
  const half = documentOf(ended);
  expect(ended.code).toBe(3);
  expect(half.error).toMatchObject({ code: 'sign-in' });
  expect(half.counts).toMatchObject({ created: 29, notReached: many - 29 });
  // At most what was in flight already: a locked account is not hammered.
  expect(creates(proxy).length).toBeLessThanOrEqual(30 + 3);

  proxy.script(() => null);
  const rest = documentOf(await runSic(argv, place));
  expect(rest.counts).toMatchObject({ unchanged: 29, created: many - 29 });
  expect(await tenant.companies('LOCKOUT')).toEqual(eachOnce('LOCKOUT', many));
});
