import type { ExportCounts } from '../../export/ports.ts';
import { count, number } from '../../report/words.ts';
import type { Context } from '../context.ts';
import { createTicker, type Ticker, type Timer } from '../ticker.ts';

export interface ExportTicker {
  readonly ticker: Ticker;
  update(counts: ExportCounts): void;
}

/** Progress of an export on stderr. `ticker.stop` must be called when it is over, whatever its end. */
export async function createExportProgress(
  context: Context,
  { name, mayDraw }: { readonly name: string; readonly mayDraw: boolean },
  every?: Timer,
): Promise<ExportTicker> {
  let counts: ExportCounts = { read: 0, rows: 0, files: 0 };
  const started = context.now();
  const text = () => progressText(name, counts, context.now() - started);
  const ticker = await createTicker(context, { text, idleText: 'getting ready', mayDraw }, every);
  return {
    ticker,
    update: newCounts => {
      counts = newCounts;
    },
  };
}

/** `TestData: 12,000 records read, 1,500 a second, 340 rows written, 12 files`; null: nothing was done yet. */
function progressText(name: string, { read, rows, files }: ExportCounts, elapsedMs: number): string | null {
  // Rows of the cache are not read from anywhere that counts.
  const seen = Math.max(read, rows);
  if (seen === 0) return null;
  const parts = [
    `${count(seen, 'record')} read`,
    ...(elapsedMs >= 1000 ? [`${number((seen * 1000) / elapsedMs)} a second`] : []),
    `${count(rows, 'row')} written`,
    ...(files > 0 ? [count(files, 'file')] : []),
  ];
  return `${name}: ${parts.join(', ')}`;
}
