import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Interrupted, Limiter, type Standing } from '../../src/superoffice/limiter.ts';
import { virtualTiming } from './virtual-timing.ts';

/** Sums of times in milliseconds, which are no whole numbers. */
const rounding = 1e-6;

const event = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      does: fc.constant('arrive' as const),
      how: fc.constantFrom<Standing>('again', 'ahead', 'last'),
      takes: fc.integer({ max: 3_000, min: 0 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('pause' as const),
      milliseconds: fc.integer({ min: 0, max: 3_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('hold' as const),
      milliseconds: fc.integer({ min: 0, max: 3_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('callOff' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('callOffNewcomers' as const) }) },
);

/** Mostly crowds, now and then a silence. */
const gap = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 4_000 }) },
);

test('never more than the rate in a second, whatever comes when, and everybody is served', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        rate: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0.5, 2.5, 10, 10)),
        concurrency: fc.integer({ min: 1, max: 40 }),
        latenesses: fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 20 }),
        events: fc.array(fc.tuple(gap, event), { minLength: 1, maxLength: 80 }),
      }),
      async ({ rate, concurrency, latenesses, events }) => {
        let fired = 0;
        const timing = virtualTiming({ lateness: () => latenesses[fired++ % latenesses.length] ?? 0 });
        const limiter = new Limiter({ rate, concurrency, timing, signal: new AbortController().signal });
        const starts: number[] = [];
        const pauses: { readonly from: number; readonly to: number }[] = [];
        let open = 0;
        let most = 0;
        let came = 0;
        let sentHome = 0;
        let at = 0;
        for (const [wait, what] of events) {
          at += wait;
          timing.after(at, () => {
            if (what.does === 'pause') {
              pauses.push({ from: timing.now(), to: timing.now() + what.milliseconds });
              limiter.pause(what.milliseconds);
            } else if (what.does === 'hold') limiter.holdNewcomers(what.milliseconds);
            else if (what.does === 'callOff') limiter.callOff();
            else if (what.does === 'callOffNewcomers') limiter.callOffNewcomers();
            else {
              came++;
              limiter.acquire(what.how).then(
                release => {
                  starts.push(timing.now());
                  most = Math.max(most, ++open);
                  timing.after(what.takes, () => {
                    open--;
                    release();
                  });
                },
                (error: unknown) => {
                  expect(error).toBeInstanceOf(Interrupted);
                  sentHome++;
                },
              );
            }
          });
        }
        await timing.run();
        expect(starts.length + sentHome).toBe(came);
        expect(most).toBeLessThanOrEqual(concurrency);
        const many = Math.ceil(rate);
        for (const [index, start] of starts.entries()) {
          const next = starts[index + 1] ?? Number.POSITIVE_INFINITY;
          expect(next - start).toBeGreaterThanOrEqual(500 / rate - rounding);
          const beyond = starts[index + many] ?? Number.POSITIVE_INFINITY;
          expect(beyond - start).toBeGreaterThanOrEqual((1000 * many) / rate - rounding);
          expect(pauses.some(({ from, to }) => start > from && start < to)).toBe(false);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('ten a second are 598 to 600 a minute, as long as there is something to send', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 50 }),
      fc.array(fc.integer({ min: 5, max: 600 }), { minLength: 1, maxLength: 20 }),
      async (latenesses, durations) => {
        let fired = 0;
        const timing = virtualTiming({ lateness: () => latenesses[fired++ % latenesses.length] ?? 0 });
        const limiter = new Limiter({
          rate: 10,
          concurrency: 8,
          timing,
          signal: new AbortController().signal,
        });
        const starts: number[] = [];
        for (let n = 0; n < 660; n++)
          limiter.acquire().then(release => {
            starts.push(timing.now());
            timing.after(durations[n % durations.length] ?? 0, release);
          });
        await timing.run();
        const inMinute = starts.filter(at => at < 60_000).length;
        expect(inMinute).toBeGreaterThanOrEqual(598);
        expect(inMinute).toBeLessThanOrEqual(600);
      },
    ),
    { numRuns: 10 },
  );
});
