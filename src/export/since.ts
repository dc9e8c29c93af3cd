import { SicError } from '../problems/sic-error.ts';
import { readExportMark, writeExportMark } from '../state/export-marks.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { ExportOptions } from './ports.ts';
import type { Source } from './source/source.ts';

/** Records that are being saved at the very start are found by the next export too. Milliseconds. */
const overlap = 2 * 60_000;

/** The same where SuperOffice does not tell its time, and this machine's clock may be wrong by some minutes. */
const overlapWithoutClock = 15 * 60_000;

/** From when on changes are wanted, and what is noted once the export is complete. */
export interface Since {
  /** Milliseconds since 1970; null: everything. */
  readonly from: number | null;
  /** Everything that is changed until now was exported. */
  done(): Promise<void>;
}

/** Throws SicError: 'usage' where nothing tells when rows were changed, 'state' for a mark that cannot be read. */
export async function openSince(
  wanted: ExportOptions['since'],
  source: Source,
  superoffice: SuperOffice,
  mark: {
    readonly stateFolder: string;
    readonly name: string;
    readonly search: string;
    readonly now: number;
  },
): Promise<Since> {
  if (wanted === null) return { from: null, done: async () => {} };
  if (source.changed === null)
    throw new SicError('usage', `--since: nothing tells when a row of ${source.row} was changed.`, {
      hint: 'Name the column that does under "changed" in the search, or leave out --since.',
    });
  if (wanted !== 'last') return { from: wanted, done: async () => {} };
  const { stateFolder, name, search, now } = mark;
  const tenant = `${superoffice.tenant} ${(await superoffice.principal()).database}`;
  const before = await readExportMark(stateFolder, name, tenant);
  const clock = superoffice.serverClock();
  const started = clock === null ? now - overlapWithoutClock : clock.there + (now - clock.here) - overlap;
  return {
    from: before === null ? null : new Date(before.until).getTime(),
    done: () =>
      writeExportMark(stateFolder, name, { tenant, search, until: new Date(started).toISOString() }),
  };
}
