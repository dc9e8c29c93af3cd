import { expect, test } from 'vitest';
import { Interrupted, Limiter, type Standing } from '../../src/superoffice/limiter.ts';
import { virtualTiming } from './virtual-timing.ts';

function open(rate: number, concurrency: number, lateness = 0) {
  const timing = virtualTiming({ lateness });
  const stop = new AbortController();
  const limiter = new Limiter({ rate, concurrency, timing, signal: stop.signal });
  const starts: [name: string, at: number][] = [];
  const send = async (name: string, standing: Standing = 'last'): Promise<() => void> => {
    const release = await limiter.acquire(standing);
    starts.push([name, timing.now()]);
    return release;
  };
  return { timing, stop, limiter, starts, send };
}

test('starts are spaced evenly and come in order', async () => {
  const { timing, starts, send } = open(10, 99);
  for (const name of ['a', 'b', 'c', 'd']) send(name);
  await timing.run();
  expect(starts).toEqual([
    ['a', 0],
    ['b', 100],
    ['c', 200],
    ['d', 300],
  ]);
});

test('an idle spell saves up no burst', async () => {
  const { timing, starts, send } = open(10, 99);
  send('a');
  timing.after(5_000, () => {
    send('b');
    send('c');
  });
  await timing.run();
  expect(starts.map(([, at]) => at)).toEqual([0, 5_000, 5_100]);
});

test('late timers do not lower the rate', async () => {
  const { timing, starts, send } = open(100, 99, 2);
  for (let count = 0; count < 101; count++) send('x');
  await timing.run();
  expect(starts.at(-1)?.[1]).toBeLessThanOrEqual(1_002);
});

test('who comes again goes before those who wait, also while newcomers are held', async () => {
  const { timing, limiter, starts, send } = open(10, 99);
  limiter.holdNewcomers(1_000);
  send('a');
  send('b');
  send('again', 'again');
  timing.after(500, () => send('later again', 'again'));
  await timing.run();
  expect(starts).toEqual([
    ['again', 0],
    ['later again', 500],
    ['a', 1_000],
    ['b', 1_100],
  ]);
});

test('who waits can be sent home; who comes later is served', async () => {
  const { timing, limiter, starts, send } = open(10, 99);
  send('a');
  const waiting = [send('b'), send('c', 'again')];
  limiter.callOff();
  for (const one of waiting) await expect(one).rejects.toThrow(Interrupted);
  send('d');
  await timing.run();
  expect(starts.map(([name]) => name)).toEqual(['a', 'd']);
});

test('no more than the limit at the same time, first come, first served', async () => {
  const { timing, starts, send } = open(0, 2);
  const first = await send('a');
  const second = await send('b');
  send('c');
  send('d');
  await timing.run();
  expect(starts.length).toBe(2);
  second();
  first();
  await timing.run();
  expect(starts.map(([name]) => name)).toEqual(['a', 'b', 'c', 'd']);
});

test('a pause holds back everybody, also those who come during it', async () => {
  const { timing, limiter, starts, send } = open(0, 99);
  limiter.pause(3_000);
  limiter.pause(1_000);
  send('a');
  timing.after(1_000, () => send('b'));
  await timing.run();
  expect(starts).toEqual([
    ['a', 3_000],
    ['b', 3_000],
  ]);
});

test('an abort turns away who waits and who comes later; timers are called off', async () => {
  const { timing, stop, limiter, send, starts } = open(1, 1);
  await send('a');
  const waiting = send('b');
  stop.abort();
  await expect(waiting).rejects.toBeInstanceOf(Interrupted);
  await expect(limiter.acquire()).rejects.toBeInstanceOf(Interrupted);
  await timing.run();
  expect(starts.map(([name]) => name)).toEqual(['a']);
});
