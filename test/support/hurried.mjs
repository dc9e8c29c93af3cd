import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/**
 * On such a machine the waits of a run (between tries, before look-ups) take a hundredth of their time; the clock jumps to
 * where it would be after them. Loaded with `--import` by programs that are spawned, or imported by a test that runs sic in
 * its own process.
 */
const factor = 100;

const { performance, setTimeout } = globalThis;
const now = performance.now.bind(performance);
let ahead = 0;
performance.now = () => now() + ahead;

/** Undici counts the ticks of its clock instead of looking at one: faster ticks would be timeouts of a second. */
const isTickOfUndici = milliseconds => milliseconds >= 490 && milliseconds < 500;

function isWait(milliseconds) {
  return milliseconds >= 100 && milliseconds <= 130_000 && !isTickOfUndici(milliseconds);
}

/** The other waits that are under way are only nearer to their end by then. */
function jump(due) {
  ahead = Math.max(ahead, due - now());
}

globalThis.setTimeout = Object.assign((run, milliseconds, ...given) => {
  if (!isWait(milliseconds)) return setTimeout(run, milliseconds, ...given);
  const due = performance.now() + milliseconds;
  const inTime = (...values) => {
    jump(due);
    run(...values);
  };
  return setTimeout(inTime, milliseconds / factor, ...given);
}, setTimeout);

const sleep = timers.setTimeout;
timers.setTimeout = async (milliseconds, ...given) => {
  if (!isWait(milliseconds)) return sleep(milliseconds, ...given);
  const due = performance.now() + milliseconds;
  const value = await sleep(milliseconds / factor, ...given);
  jump(due);
  return value;
};
syncBuiltinESMExports();
