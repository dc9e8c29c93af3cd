import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { type FaultyProxy, type Seen, startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic, startSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, type Workplace, workplace } from '../support/workplace.ts';

const rows = 20;
const argv = ['import', 'companies.csv', '--json'];
const isFifthCreate = (one: Seen) => one.kind === 'create' && one.turn === 5;

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** SuperOffice does what the fifth create asks, and never says so. */
async function withSilence(prefix: string): Promise<{ place: Workplace; proxy: FaultyProxy }> {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await place.write('companies.csv', companyFile(prefix, rows));
  proxy.script(one => (isFifthCreate(one) ? 'silence' : null));
  return { place, proxy };
}

async function expectTheRest({ place, proxy }: { place: Workplace; proxy: FaultyProxy }, prefix: string) {
  const rest = documentOf(await runSic(argv, place));
  expect(rest.exitCode).toBe(0);
  expect(await tenant.companies(prefix)).toEqual(eachOnce(prefix, rows));
  expect(proxy.seen.filter(one => one.kind === 'create')).toHaveLength(rows);
  return rest.counts;
}

// The write gets the five seconds of grace that every write gets.
test('a signal while a create waits for ever: its row is unknown, and the next run looks before it sends', async () => {
  const { place, proxy } = await withSilence('MUTE');
  const first = startSic(argv, place);
  await proxy.saw(isFifthCreate);
  first.child.kill('SIGTERM');
  const ended = await first.ended;
  expect(ended.code).toBe(143);
  const { counts, rows: told, error } = documentOf(ended);
  expect(error?.code).toBe('interrupted');
  expect(counts.unknown).toBe(1);
  const key = JSON.parse((await proxy.saw(isFifthCreate)).body).CustomFields['Siteshop:CompUserKey01'];
  expect(told.filter(row => row.status === 'unknown').map(row => row.key)).toEqual([key]);

  expect(await expectTheRest({ place, proxy }, 'MUTE')).toMatchObject({
    unchanged: counts.created,
    current: 1,
    created: counts.notReached,
  });
});

test('a second Ctrl-C does not wait', async () => {
  const { place, proxy } = await withSilence('TWICE');
  const first = startSic(argv, place);
  await proxy.saw(isFifthCreate);
  first.child.kill('SIGINT');
  await first.said(/Press Ctrl-C again/);
  // As fast as a person can: what comes at once is the same signal a second time.
  await setTimeout(700);
  first.child.kill('SIGINT');
  expect(await first.ended).toMatchObject({ code: 130, stdout: '' });
  await expectTheRest({ place, proxy }, 'TWICE');
});
