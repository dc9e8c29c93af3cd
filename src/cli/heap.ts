import { setFlagsFromString } from 'node:v8';

/** So many milliseconds a run has to last: a short one leaves no garbage worth tidying up. */
const shortest = 400;

/**
 * Lets V8 tidy up its heap when it has grown by so many percent. Left to itself it waits until the heap is four times what
 * is in use: of a stream of rows nearly all is garbage by then, and tidying up what little is in use costs little.
 */
const growth = 50;

/** To be called before the work begins. Not for a program that keeps a database in memory: that one tidies up at length. */
export function holdHeap(): void {
  // Node 20 to 24; a flag that V8 does not know would be told on standard error.
  if (Number.parseInt(process.versions.v8, 10) > 13) return;
  setTimeout(() => setFlagsFromString(`--heap-growing-percent=${growth}`), shortest).unref();
}
