import { env, stderr } from 'node:process';
import { afterAll, expect, test } from 'vitest';
import '../support/hurried.mjs';
import { type Random, randomFrom } from '../support/random.ts';
import { seededFaults } from '../support/seeded-faults.ts';
import { sic } from '../support/sic.ts';
import { dataFiles, deliver } from './place.ts';
import { isWrite, openProof, type Proof, type Told } from './proof.ts';
import { seedsToTry } from './seeds.ts';

const seeds = seedsToTry('SIC_SEEDS', 12);

/** How often each thing happened, over all seeds: what never happened is not proven. */
const figures = new Map<string, number>();

function count(what: string, by = 1): void {
  figures.set(what, (figures.get(what) ?? 0) + by);
}

afterAll(() => {
  if (env.SIC_FIGURES) stderr.write(`${JSON.stringify(Object.fromEntries(figures))}\n`);
});

/** Runs sic in this process. @param stopAt it is asked to end when so many of its requests have come by; null: never */
async function runIn(proof: Proof, argv: readonly string[], stopAt: number | null = null): Promise<Told> {
  const { place, proxy } = proof;
  const controller = new AbortController();
  const last = proxy.seen.length + (stopAt ?? Number.POSITIVE_INFINITY);
  void proxy.saw(() => proxy.seen.length >= last).then(() => controller.abort('SIGTERM'));
  const { exitCode, stdout, stderr } = await sic([...argv, ...dataFiles, '--json', '--rows'], {
    ...place,
    signal: controller.signal,
  });
  const told = proof.listen({ code: exitCode, stdout, stderr });
  const wasStopped = told.error?.code === 'interrupted';
  count(wasStopped ? 'stopped run' : 'run');
  const codes = wasStopped ? [143] : told.error === null ? [0, 1] : [4];
  expect(codes, `${stderr}\n${JSON.stringify(told.error)}`).toContain(exitCode);
  return told;
}

/** As cron would go on with it, on a day on which much goes wrong. */
async function badDay(proof: Proof, day: 0 | 1, random: Random, seed: number): Promise<void> {
  const { proxy, place, days } = proof;
  const delivery = days[day];
  await deliver(place, delivery);
  for (let round = random.below(3); round >= 0; round--) {
    const faults = seededFaults(seed * 100 + day * 10 + round, random.pick([0.03, 0.08, 0.15]));
    proof.script(faults.script);
    if (random.chance(0.3)) {
      const from = proxy.seen.length;
      expect((await runIn(proof, ['validate'])).requests.write).toBe(0);
      expect(proxy.seen.slice(from).filter(isWrite)).toEqual([]);
    }
    const stopAt = random.chance(0.4) ? 1 + random.below(100) : null;
    const atOnce = String(random.pick([1, 4, 16]));
    await proof.check(delivery, await runIn(proof, ['import', '--concurrency', atOnce], stopAt));
    for (const [kind, times] of faults.injected) count(kind, times);
  }
}

test.each(seeds)(
  'seed %i: whatever goes wrong on the way, each thing stands exactly once',
  async seed => {
    const random = randomFrom(seed);
    const proof = await openProof(seed);
    try {
      await badDay(proof, 0, random, seed);
      await badDay(proof, 1, random, seed);
      await proof.finish((...argv) => runIn(proof, argv));
    } finally {
      await proof.close();
    }
  },
  120_000,
);

test('every kind of fault is injected', { skip: seeds.length < 10 }, () => {
  expect(figures.size).toBe(17);
});
