import { cut, oneLine } from '../report/words.ts';
import type { Context } from './context.ts';
import type { LiveLine } from './live-line.ts';
import { mayAnimate } from './ui.ts';

/** Calls `tick` every `milliseconds` until the returned function is called. */
export type Timer = (milliseconds: number, tick: () => void) => () => void;

const liveEvery = 200;
/** A heartbeat comes at least every 10 s; timers are never early but often late. */
const heartbeatEvery = 9_000;

/** What a person sees of work that goes on: one live line on a terminal, elsewhere a heartbeat line every few seconds. */
export interface Ticker {
  /** Draws the live line now, where there is one. */
  show(): void;
  hide(): void;
  /** A line worth keeping. */
  note(text: string): void;
  stop(): void;
}

export interface TickerOptions {
  /** How far the work is; null: nothing to be seen yet, and `idleText` for a heartbeat. */
  readonly text: () => string | null;
  readonly idleText: string;
  /** False where a live line would get between the lines of a result. */
  readonly mayDraw?: boolean;
}

/** `stop` must be called when the work is over, whatever its end. */
export async function createTicker(
  context: Context,
  { text, idleText, mayDraw = true }: TickerOptions,
  every: Timer = interval,
): Promise<Ticker> {
  const live = mayDraw && mayAnimate(context);
  const line: LiveLine | null = live ? (await import('./live-line.ts')).createLiveLine(context.stderr) : null;
  const tick = () => {
    const shown = text();
    if (line === null) context.stderr.write(`${shown ?? idleText}\n`);
    else if (shown !== null) line.show(cut(shown, context.stderr.columns - 3));
  };
  const stopTimer = every(live ? liveEvery : heartbeatEvery, tick);
  return {
    show() {
      if (line !== null) tick();
    },
    hide() {
      line?.hide();
    },
    note(note) {
      line?.hide();
      context.stderr.write(`${oneLine(note)}\n`);
      if (line !== null) tick();
    },
    stop() {
      stopTimer();
      line?.hide();
    },
  };
}

/** The timer of the process; it does not keep the process alive. */
function interval(milliseconds: number, tick: () => void): () => void {
  const timer = setInterval(tick, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
