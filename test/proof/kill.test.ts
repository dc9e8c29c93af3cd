import { env, stderr } from 'node:process';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { type Ended, startSic } from '../support/program.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { seededFaults } from '../support/seeded-faults.ts';
import { dataFiles, deliver } from './place.ts';
import { openProof, type Proof, type Told } from './proof.ts';
import { seedsToTry } from './seeds.ts';

/** Per seed: as many on the day of the first delivery as on that of the second. */
const killsOfSeed = 4;
const seeds = seedsToTry('SIC_KILLS', 3 * killsOfSeed, killsOfSeed);

const figures = new Map<string, number>();

function count(what: string): void {
  figures.set(what, (figures.get(what) ?? 0) + 1);
}

afterAll(() => {
  if (env.SIC_FIGURES) stderr.write(`${JSON.stringify(Object.fromEntries(figures))}\n`);
});

const support = (name: string): string =>
  `--import ${pathToFileURL(`${import.meta.dirname}/../support/${name}`)}`;
const options = `${support('killed.mjs')} ${support('hurried.mjs')}`;

function start({ place }: Proof, argv: readonly string[], killedAt = '') {
  return startSic([...argv, ...dataFiles, '--json', '--rows'], {
    cwd: place.cwd,
    env: { ...place.env, NODE_OPTIONS: options, SIC_KILLED_AT: killedAt },
  });
}

async function runToEnd(proof: Proof, argv: readonly string[]): Promise<Told> {
  count('run');
  return proof.listen(await start(proof, argv).ended);
}

/** Where a program is killed. */
type Moment = { readonly request: number } | { readonly change: number; readonly how: string };

/** Half of them near the beginning, since a run that goes on where others were killed has less to do. */
function momentFrom(random: Random): Moment {
  const upTo = (most: number): number =>
    random.chance(0.5) ? Math.ceil(most ** random.next()) : 1 + random.below(most);
  return random.chance(0.5)
    ? { request: upTo(130) }
    : { change: upTo(200), how: random.pick(['before', 'after', 'torn']) };
}

/** An import that is killed, unless it is done before. */
async function runKilled(proof: Proof, moment: Moment, random: Random): Promise<Ended> {
  const { proxy } = proof;
  const faults = random.chance(0.3) ? seededFaults(random.below(1e9), 0.05).script : () => null;
  const isTaken = random.chance(0.5);
  const argv = ['import', '--concurrency', String(random.pick([1, 4, 16]))];
  const running = start(proof, argv, 'change' in moment ? `${moment.change} ${moment.how}` : '');
  const last = 'request' in moment ? proxy.seen.length + moment.request : Number.POSITIVE_INFINITY;
  proof.script(one => {
    if (proxy.seen.length < last) return faults(one);
    running.child.kill('SIGKILL');
    // SuperOffice may have got it just before, and is at work on it.
    return isTaken ? null : 'cut';
  });
  const ended = await running.ended;
  proof.script(() => null);
  await proxy.idle();
  if (ended.signal === 'SIGKILL') count('change' in moment ? `kill ${moment.how}` : 'kill at a request');
  else count('run that was done before it was killed');
  return ended;
}

/** Starts that meet: one of them works, and those that come too late are told who does, since when. */
async function runAtOnce(proof: Proof): Promise<void> {
  const running = [1, 2, 3].map(() => start(proof, ['import']));
  const ended = await Promise.all(running.map(one => one.ended));
  const worked = ended.filter(({ code }) => code !== 5);
  expect(worked.length, JSON.stringify(ended)).toBeGreaterThanOrEqual(1);
  for (const one of ended) {
    if (one.code !== 5) {
      expect(one.code, one.stderr).toBe(0);
      proof.listen(one);
      continue;
    }
    count('start that was locked out');
    const { message } = JSON.parse(one.stdout).error;
    expect(message).toMatch(/since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: process \d+ on host .+ \(sic import /);
    const pid = Number(/process (\d+)/.exec(message)?.[1]);
    expect(running.map(each => each.pid)).toContain(pid);
  }
}

test.each(seeds)(
  'seed %i: killed again and again, each thing stands exactly once',
  async seed => {
    const random = randomFrom(seed);
    const proof = await openProof(seed);
    try {
      for (const delivery of proof.days) {
        await deliver(proof.place, delivery);
        for (let kill = 0; kill < killsOfSeed / 2; kill++) {
          const ended = await runKilled(proof, momentFrom(random), random);
          await proof.check(delivery, ended.signal === null ? proof.listen(ended) : null);
        }
        if (random.chance(0.3)) {
          await runAtOnce(proof);
          await proof.check(delivery, null);
        }
      }
      await proof.finish((...argv) => runToEnd(proof, argv));
    } finally {
      await proof.close();
    }
  },
  120_000,
);

test('kills of every kind, and starts that met the lock, were among them', { skip: seeds.length < 3 }, () => {
  for (const what of [
    'kill torn',
    'kill after',
    'kill before',
    'kill at a request',
    'start that was locked out',
  ])
    expect(figures.get(what) ?? 0, what).toBeGreaterThan(0);
});
