/** As many at a time as requests may be in flight by default: more would only wait, with a file open each. */
const atATime = 8;

/**
 * Does the work for every item, some at a time, and answers in the order of the items. After a failure nothing more is begun,
 * and what was begun has ended when this rejects: nothing goes on behind the caller's back.
 */
export async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atATime }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return results;
}
