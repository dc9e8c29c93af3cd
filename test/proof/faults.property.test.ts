import { afterAll, expect, test } from 'vitest';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { type Document, documentOf } from '../support/document.ts';
import { type FaultyProxy, type Seen, startFaultyProxy } from '../support/faulty-proxy.ts';
import '../support/hurried.mjs';
import { type Random, randomFrom } from '../support/random.ts';
import { type FaultKind, seededFaults } from '../support/seeded-faults.ts';
import { sic } from '../support/sic.ts';
import type { Workplace } from '../support/workplace.ts';
import { askOf } from './ask.ts';
import { astray, doubled, type ToldRow, unsaid, untrue } from './check.ts';
import { dataFiles, deliver, proofPlace } from './place.ts';
import { deliveries } from './rows.ts';
import { seedsToTry } from './seeds.ts';
import { readStored } from './stored.ts';

/** How often each kind was done, over all seeds: a proof that never injected a kind would prove nothing of it. */
const injected = new Map<FaultKind | 'interruption' | 'run', number>();
const seeds = seedsToTry('SIC_SEEDS', 12);

function count(kind: FaultKind | 'interruption' | 'run', by = 1): void {
  injected.set(kind, (injected.get(kind) ?? 0) + by);
}

afterAll(() => {
  if (process.env.SIC_FIGURES) process.stderr.write(`${JSON.stringify(Object.fromEntries(injected))}\n`);
});

type Told = Document & { readonly rows: readonly ToldRow[] };

/** Runs sic in this process. @param stopAt gives the signal of `kill` when so many requests have come by */
async function runAt(
  place: Workplace,
  argv: readonly string[],
  proxy: FaultyProxy,
  stopAt: number | null = null,
): Promise<Told> {
  const controller = new AbortController();
  const from = proxy.seen.length;
  if (stopAt !== null)
    void proxy
      .saw(() => proxy.seen.length >= from + stopAt)
      .then(() => {
        controller.abort('SIGTERM');
      });
  const { exitCode: code, ...said } = await sic([...argv, ...dataFiles, '--json', '--rows'], {
    ...place,
    signal: controller.signal,
  });
  await proxy.idle();
  count('run');
  const document = documentOf({ code, ...said });
  const wasStopped = document.error?.code === 'interrupted';
  if (wasStopped) count('interruption');
  const codes = wasStopped ? [143] : document.error === null ? [0, 1] : [4];
  expect(codes, `${said.stderr}\n${JSON.stringify(document.error)}`).toContain(code);
  return document as Told;
}

/** How an import of a day that goes wrong is run. */
function mishap(random: Random): { readonly stopAt: number | null; readonly argv: string[] } {
  return {
    stopAt: random.chance(0.4) ? 1 + random.below(100) : null,
    argv: ['import', '--concurrency', String(random.pick([1, 4, 16]))],
  };
}

const isWrite = ({ method, path }: Seen): boolean =>
  method !== 'GET' && !(method === 'POST' && path === '/v1/Agents/MDO/GetListIdByListName');

test.each(seeds)('seed %i: whatever goes wrong on the way, each thing stands exactly once', async seed => {
  const random = randomFrom(seed);
  const tenant = await Tenant.start();
  try {
    const proxy = await startFaultyProxy(tenant.sandbox.url);
    const place = await proofPlace(tenant.sandbox, proxy.url);
    const ask = askOf(tenant.sandbox);
    const before = await readStored(ask);
    const days = deliveries(seed);
    const told: ToldRow[] = [];
    for (const [day, delivery] of days.entries()) {
      await deliver(place, delivery);
      for (let round = random.below(3); round >= 0; round--) {
        const faults = seededFaults(seed * 100 + day * 10 + round, random.pick([0.03, 0.08, 0.15]));
        proxy.script(faults.script);
        if (random.chance(0.3)) {
          const from = proxy.seen.length;
          const planned = await runAt(place, ['validate'], proxy);
          expect(planned.requests.write).toBe(0);
          expect(proxy.seen.slice(from).filter(isWrite)).toEqual([]);
        }
        const { argv, stopAt } = mishap(random);
        const document = await runAt(place, argv, proxy, stopAt);
        for (const [kind, times] of faults.injected) count(kind, times);
        told.push(...document.rows);
        const stored = await readStored(ask);
        expect([...doubled(stored, before), ...untrue(document.rows, stored, delivery)]).toEqual([]);
      }
    }
    proxy.script(() => null);
    const [, last] = days;
    const settled = await runAt(place, ['import'], proxy);
    told.push(...settled.rows);
    expect(
      settled.rows.filter(({ problems }) => problems.length > 0),
      'the run without faults',
    ).toEqual([]);
    expect(settled.exitCode).toBe(0);
    const { read } = settled.counts;
    const stored = await readStored(ask);
    expect([
      ...doubled(stored, before),
      ...astray(stored, before, days),
      ...unsaid(stored, told, last),
    ]).toEqual([]);

    const again = await runAt(place, ['import'], proxy);
    expect(again.counts).toMatchObject({ read, unchanged: read });
    expect(again.requests.write).toBe(0);
    const looked = await runAt(place, ['import', '--full'], proxy);
    expect(looked.counts).toMatchObject({ read, current: read });
    expect(looked.requests.write).toBe(0);
  } finally {
    await tenant.close();
  }
});

test('every kind of fault is injected', { skip: seeds.length < 10 }, () => {
  expect([...injected.keys()].length).toBeGreaterThanOrEqual(17);
});
