import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** So many milliseconds a run has to last: a short one leaves no garbage worth tidying up. */
const shortest = 400;

/**
 * Lets V8 tidy up its heap when it has grown by so many percent. Left to itself it waits until the heap is four times what
 * is in use: of a stream of rows nearly all is garbage by then, and tidying up what little is in use costs little.
 */
const growth = 50;

/**
 * Bytes of the young generation, where all values begin: two halves, of which one is in use. V8 starts with 2 MiB and would
 * let it grow to 32 MiB (Node 24: far more), most of it held for garbage. Below this size rows that are on their way are
 * moved to the old generation, and tidying that up takes more time.
 */
const young = 16 * 1024 * 1024;

/** Milliseconds between two looks at the young generation while it grows. */
const lookEvery = 10;

/**
 * To be called before the work begins. Not for a program that keeps a database in memory: that one tidies up at length. A
 * short run has no flag set: the code that is kept of scripts is good without any (build/code-cache.cjs).
 */
export function holdHeap(): void {
  // Node 20 to 24; a flag that V8 does not know would be told on standard error.
  if (Number.parseInt(process.versions.v8, 10) > 13) return;
  setTimeout(() => {
    setFlagsFromString(`--heap-growing-percent=${growth}`);
    const looking = setInterval(() => {
      if (youngSize() < young) return;
      // It grows no more; the most it may have can be set before Node starts only.
      setFlagsFromString('--semi-space-growth-factor=1');
      clearInterval(looking);
    }, lookEvery).unref();
  }, shortest).unref();
}

function youngSize(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? young;
}
