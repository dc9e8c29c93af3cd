import path from 'node:path';
import type { Progress } from '../import/ports.ts';
import type { Counts } from '../import/result.ts';
import type { Context } from './context.ts';
import { idle, progressText } from './progress-text.ts';
import { createTicker, type Timer } from './ticker.ts';

/**
 * Progress of an import on stderr: one live line on a terminal, elsewhere a heartbeat line every few seconds and nothing
 * else. `stop` must be called when the run is over, whatever its end.
 */
export async function createProgress(context: Context, every?: Timer): Promise<Progress & { stop(): void }> {
  let file: string | null = null;
  let size: number | null = null;
  let counts: Readonly<Counts> = idle();
  let bytes = 0;
  // Counters are those of the run; the speed is that of the file.
  let readBefore = 0;
  let started = context.now();

  const text = () =>
    file === null
      ? null
      : progressText({ file, counts, readBefore, bytes, size, elapsedMs: context.now() - started });
  const ticker = await createTicker(context, { text, idleText: 'getting ready' }, every);
  const rest = () => {
    file = null;
    ticker.hide();
  };

  return {
    begin() {},
    row() {},
    start(name, _datatype, bytesOfFile) {
      file = path.basename(name);
      size = bytesOfFile;
      readBefore = counts.read;
      bytes = 0;
      started = context.now();
      ticker.show();
    },
    update(newCounts, newBytes) {
      counts = newCounts;
      bytes = Math.max(bytes, newBytes);
    },
    note: ticker.note,
    end: rest,
    stop() {
      ticker.stop();
      rest();
    },
  };
}
