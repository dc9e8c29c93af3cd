import { expect, test } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { createExportProgress } from '../../src/cli/export/progress.ts';
import { captureContext } from '../support/sic.ts';

/** A terminal or not, a clock and a timer that the test turns by hand. */
async function progressOn(isTTY: boolean, mayDraw = true) {
  const { context, written } = captureContext();
  const hand = { now: 0, every: 0, tick: () => {}, stopped: false };
  const turned: Context = { ...context, now: () => hand.now, stderr: { ...context.stderr, isTTY } };
  const progress = await createExportProgress(turned, { name: 'TestData', mayDraw }, (milliseconds, tick) => {
    Object.assign(hand, { every: milliseconds, tick });
    return () => {
      hand.stopped = true;
    };
  });
  return { ...progress, hand, written };
}

test('off a terminal: a heartbeat at least every 10 s, of what is read, written and saved', async () => {
  const { ticker, update, hand, written } = await progressOn(false);
  expect(hand.every).toBeLessThanOrEqual(10_000);
  hand.tick();
  hand.now = 10_000;
  // Most rows do not satisfy a criterion that is decided here, or are sorted at the end.
  update({ read: 15_000, rows: 0, files: 0 });
  hand.tick();
  update({ read: 16_000, rows: 1, files: 12 });
  hand.tick();
  expect(written.stderr.split('\n')).toEqual([
    'getting ready',
    'TestData: 15,000 records read, 1,500 a second, 0 rows written',
    'TestData: 16,000 records read, 1,600 a second, 1 row written, 12 files',
    '',
  ]);
  ticker.stop();
  expect(hand.stopped).toBe(true);
});

test('on a terminal: a line that is drawn over, notes above it, nothing left behind', async () => {
  const { ticker, update, hand, written } = await progressOn(true);
  update({ read: 5, rows: 5, files: 0 });
  hand.tick();
  ticker.note('Waiting 3 s.');
  ticker.stop();
  expect(written.stderr).toContain('5 records read');
  expect(written.stderr).toContain('Waiting 3 s.\n');
  expect(written.stderr.endsWith('\u001B[K')).toBe(true);
});

test('on the terminal that shows the rows: no live line between them', async () => {
  const { ticker, update, hand, written } = await progressOn(true, false);
  expect(hand.every).toBeGreaterThan(1000);
  update({ read: 5, rows: 5, files: 0 });
  hand.tick();
  ticker.stop();
  expect(written.stderr).toBe('TestData: 5 records read, 5 rows written\n');
});
