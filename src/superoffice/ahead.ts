/**
 * The same items in the same order, pulled from `source` up to `depth` items before they are wanted: one at a time, and
 * not before the first is wanted. An error of the source comes after the items that came before it. When the consumer
 * stops, nothing more is pulled, and the source is told to stop once it is through with what it was at.
 */
export async function* ahead<T>(source: AsyncIterable<T>, depth: number): AsyncGenerator<T, void, void> {
  const iterator = source[Symbol.asyncIterator]();
  const coming: Promise<IteratorResult<T, unknown>>[] = [];
  let latest: Promise<IteratorResult<T, unknown>> | null = null;
  let isStopped = false;

  /** Each waits for the one before: not every source bears being asked again before it has answered. */
  async function pull(before: typeof latest): Promise<IteratorResult<T, unknown>> {
    const result = await before;
    return result?.done || isStopped ? { done: true, value: undefined } : iterator.next();
  }

  try {
    for (;;) {
      while (coming.length <= depth) {
        latest = pull(latest);
        // Whoever comes to it hears of its error; nobody does when the consumer stops before.
        latest.catch(() => undefined);
        coming.push(latest);
      }
      const next = await coming.shift();
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    isStopped = true;
    await latest?.catch(() => undefined);
    await iterator.return?.();
  }
}
