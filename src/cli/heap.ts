import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** So many milliseconds a run has to last: a short one leaves no garbage worth tidying up. */
const shortest = 1000;

/**
 * Lets V8 tidy up its heap when it has grown by so many percent. Left to itself it waits until the heap is four times what
 * is in use: of a stream of rows nearly all is garbage by then, and tidying up what little is in use costs little.
 */
const growth = 50;

/**
 * Bytes of the young generation, where all values begin: two halves, of which one is in use. V8 starts with 2 MiB, which is
 * enough for a short run, and would let it grow to 32 MiB (Node 24: far more), most of it held for garbage. Below this size
 * rows that are on their way are moved to the old generation, and tidying that up takes more time.
 */
const young = 16 * 1024 * 1024;

/** Milliseconds between two looks at the young generation while it grows. */
const lookEvery = 10;

/** By how much it grows each time; by 1 it stays as it is. The most it may have can be set before Node starts only. */
const growYoung = '--semi-space-growth-factor=';

/** Node 20 to 24; a flag that V8 does not know would be told on standard error. */
const takesFlags = Number.parseInt(process.versions.v8, 10) <= 13;

/**
 * null: none. What is kept of V8's work is good for the same flags only: this one is set before the second script is loaded
 * (build/code-cache.cjs).
 */
export const flagAtOnce = takesFlags ? `${growYoung}1` : null;

/** To be called before the work begins. Not for a program that keeps a database in memory: that one tidies up at length. */
export function holdHeap(): void {
  if (flagAtOnce === null) return;
  setFlagsFromString(flagAtOnce);
  setTimeout(() => {
    setFlagsFromString(`--heap-growing-percent=${growth}`);
    setFlagsFromString(`${growYoung}2`);
    const looking = setInterval(() => {
      if (youngSize() < young) return;
      setFlagsFromString(`${growYoung}1`);
      clearInterval(looking);
    }, lookEvery).unref();
  }, shortest).unref();
}

function youngSize(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? young;
}
