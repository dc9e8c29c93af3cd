import { describe, expect, test } from 'vitest';
import { ahead } from '../../src/superoffice/ahead.ts';

/** A source whose every step happens when the test says so. */
class Steps implements AsyncIterable<number> {
  /** Items that were asked for. */
  asked = 0;
  /** Most steps that were under way at a time. */
  together = 0;
  stops = 0;
  readonly #waiting: Deferred<IteratorResult<number>>[] = [];

  [Symbol.asyncIterator](): AsyncIterator<number> {
    return {
      next: () => {
        this.asked++;
        const step = deferred<IteratorResult<number>>();
        this.#waiting.push(step);
        this.together = Math.max(this.together, this.#waiting.length);
        return step.promise;
      },
      return: async () => {
        this.stops++;
        return { done: true, value: undefined };
      },
    };
  }

  async give(value: number): Promise<void> {
    this.#waiting.shift()?.resolve({ done: false, value });
    await settled();
  }

  async end(): Promise<void> {
    this.#waiting.shift()?.resolve({ done: true, value: undefined });
    await settled();
  }

  async fail(message: string): Promise<void> {
    this.#waiting.shift()?.reject(new Error(message));
    await settled();
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Node 20 has no Promise.withResolvers. */
function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Everything that can happen without a timer or the network has happened. */
async function settled(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve));
}

async function* counting(to: number): AsyncGenerator<number> {
  for (let n = 1; n <= to; n++) yield n;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('ahead', () => {
  test.each([0, 1, 2, 5, 100])('keeps all items and their order, %i ahead', async depth => {
    expect(await all(ahead(counting(7), depth))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await all(ahead(counting(0), depth))).toEqual([]);
  });

  test('asks for nothing before the first item is wanted', async () => {
    const steps = new Steps();
    ahead(steps, 3);
    await settled();
    expect(steps.asked).toBe(0);
  });

  test('pulls no more than depth items before they are wanted, one at a time', async () => {
    const steps = new Steps();
    const items = ahead(steps, 2);
    const first = items.next();
    await settled();
    expect(steps.asked).toBe(1);
    await steps.give(1);
    expect(await first).toEqual({ done: false, value: 1 });
    for (const value of [2, 3]) await steps.give(value);
    expect(steps.asked).toBe(3);
    expect(await items.next()).toEqual({ done: false, value: 2 });
    await settled();
    expect(steps.asked).toBe(4);
    expect(steps.together).toBe(1);
    await steps.end();
    expect(await items.next()).toEqual({ done: false, value: 3 });
    expect(await items.next()).toEqual({ done: true, value: undefined });
    await settled();
    expect(steps.asked).toBe(4);
  });

  test('0 ahead asks when it is asked', async () => {
    const steps = new Steps();
    const items = ahead(steps, 0);
    const first = items.next();
    await settled();
    await steps.give(1);
    await first;
    await settled();
    expect(steps.asked).toBe(1);
  });

  test('an error comes after the items before it, once, and nothing is asked after it', async () => {
    const steps = new Steps();
    const items = ahead(steps, 3);
    const first = items.next();
    await settled();
    await steps.give(1);
    await first;
    await steps.give(2);
    await steps.fail('torn');
    expect(steps.asked).toBe(3);
    expect(await items.next()).toEqual({ done: false, value: 2 });
    await expect(items.next()).rejects.toThrow('torn');
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(steps.asked).toBe(3);
  });

  test('a consumer that stops stops the source, once what it was at is through', async () => {
    const steps = new Steps();
    const items = ahead(steps, 3);
    const first = items.next();
    await settled();
    await steps.give(1);
    await first;
    await steps.give(2);
    expect(steps.asked).toBe(3);
    const stopped = items.return();
    await settled();
    expect(steps.stops).toBe(0);
    await steps.give(3);
    await stopped;
    expect([steps.asked, steps.stops]).toEqual([3, 1]);
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  test('an error that nobody waits for any more is nobody’s', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    const steps = new Steps();
    const items = ahead(steps, 3);
    const first = items.next();
    await settled();
    await steps.give(1);
    await first;
    const stopped = items.return();
    await steps.fail('torn');
    await stopped;
    await settled();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('a generator is left as a loop that is broken off leaves it', async () => {
    const done: string[] = [];
    async function* source(): AsyncGenerator<number> {
      try {
        yield* counting(10);
      } finally {
        done.push('cleaned up');
      }
    }
    for await (const n of ahead(source(), 2)) if (n === 3) break;
    expect(done).toEqual(['cleaned up']);
  });
});
