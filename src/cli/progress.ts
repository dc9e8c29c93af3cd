import path from 'node:path';
import type { Progress } from '../import/ports.ts';
import type { Counts } from '../import/result.ts';
import { cut, oneLine } from '../report/words.ts';
import type { Context } from './context.ts';
import type { LiveLine } from './live-line.ts';
import { idle, progressText } from './progress-text.ts';
import { mayAnimate } from './ui.ts';

/** Calls `tick` every `milliseconds` until the returned function is called. */
export type Timer = (milliseconds: number, tick: () => void) => () => void;

const liveEvery = 200;
/** A heartbeat comes at least every 10 s; timers are never early but often late. */
const heartbeatEvery = 9_000;

/**
 * Progress on stderr: one live line on a terminal, elsewhere a heartbeat line every few seconds and nothing else.
 * `stop` must be called when the run is over, whatever its end.
 */
export async function createProgress(
  context: Context,
  every: Timer = interval,
): Promise<Progress & { stop(): void }> {
  const live = mayAnimate(context);
  const line: LiveLine | null = live ? (await import('./live-line.ts')).createLiveLine(context.stderr) : null;
  let file: string | null = null;
  let size: number | null = null;
  let counts: Readonly<Counts> = idle();
  let bytes = 0;
  // Counters are those of the run; the speed is that of the file.
  let readBefore = 0;
  let started = context.now();

  const text = () =>
    file === null
      ? 'getting ready'
      : progressText({ file, counts, readBefore, bytes, size, elapsedMs: context.now() - started });
  const tick = () => {
    if (line === null) context.stderr.write(`${text()}\n`);
    else if (file !== null) line.show(cut(text(), context.stderr.columns - 3));
  };
  const stopTimer = every(live ? liveEvery : heartbeatEvery, tick);
  const rest = () => {
    file = null;
    line?.hide();
  };

  return {
    start(name, _datatype, bytesOfFile) {
      file = path.basename(name);
      size = bytesOfFile;
      readBefore = counts.read;
      bytes = 0;
      started = context.now();
      if (line !== null) tick();
    },
    update(newCounts, newBytes) {
      counts = newCounts;
      bytes = Math.max(bytes, newBytes);
    },
    note(note) {
      line?.hide();
      context.stderr.write(`${oneLine(note)}\n`);
      if (line !== null) tick();
    },
    end: rest,
    stop() {
      stopTimer();
      rest();
    },
  };
}

/** The timer of the process; it does not keep the process alive. */
function interval(milliseconds: number, tick: () => void): () => void {
  const timer = setInterval(tick, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
