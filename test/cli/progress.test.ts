import { expect, test } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { createProgress } from '../../src/cli/progress.ts';
import { counts } from '../report/results.ts';
import { captureContext } from '../support/sic.ts';

/** A terminal or not, a clock and a timer that the test turns by hand. */
async function progressOn(isTTY: boolean, env: Record<string, string> = {}) {
  const { context, written } = captureContext({ env });
  const hand = { now: 0, every: 0, tick: () => {}, stopped: false };
  const turned: Context = { ...context, now: () => hand.now, stderr: { ...context.stderr, isTTY } };
  const progress = await createProgress(turned, (milliseconds, tick) => {
    Object.assign(hand, { every: milliseconds, tick });
    return () => {
      hand.stopped = true;
    };
  });
  return { progress, hand, written };
}

test('off a terminal: a heartbeat at least every 10 s, and nothing else', async () => {
  const { progress, hand, written } = await progressOn(false);
  expect(hand.every).toBeLessThanOrEqual(10_000);
  progress.start('data/companies.csv', 'Company', 1000);
  progress.update(counts({ read: 1500, created: 1499, rejected: 1 }), 500);
  expect(written.stderr).toBe('');
  hand.now = 10_000;
  hand.tick();
  expect(written.stderr).toBe(
    'companies.csv: 1,500 rows, 150 rows/s, 50 %, about 10 s left, 1,499 created, 1 rejected\n',
  );
  progress.note('Waiting 3 s.');
  expect(written.stderr).toMatch(/\nWaiting 3 s\.\n$/);
  progress.end();
  hand.tick();
  expect(written.stderr).toMatch(/\ngetting ready\n$/);
  progress.stop();
  expect(hand.stopped).toBe(true);
});

test('the speed is that of the file, the counters are those of the run', async () => {
  const { progress, hand, written } = await progressOn(false);
  progress.start('a.csv', 'Company', null);
  progress.update(counts({ read: 100, created: 100 }), 10);
  hand.now = 5000;
  progress.start('b.csv', 'Person', null);
  hand.now = 15_000;
  progress.update(counts({ read: 120, created: 120 }), 10);
  hand.tick();
  expect(written.stderr).toBe('b.csv: 20 rows, 2 rows/s, 120 created\n');
});

test('on a terminal: one line that is drawn over, notes above it, nothing left behind', async () => {
  const { progress, hand, written } = await progressOn(true);
  progress.start('companies.csv', 'Company', 1000);
  hand.now = 2000;
  progress.update(counts({ read: 10, created: 10 }), 1000);
  hand.tick();
  progress.note('Waiting 3 s.');
  progress.stop();
  expect(written.stderr).toContain('Waiting 3 s.\n');
  expect(written.stderr).toContain('\u001B[K');
  expect(written.stderr.endsWith('\u001B[K')).toBe(true);
});

test.each([{ CI: 'true' }, { TERM: 'dumb' }])('no animation with %j', async env => {
  const { progress, hand, written } = await progressOn(true, env);
  progress.start('a.csv', 'Company', null);
  hand.tick();
  expect(written.stderr).toBe('a.csv: 0 rows\n');
  progress.stop();
});
