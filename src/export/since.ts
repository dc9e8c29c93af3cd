import { SicError } from '../problems/sic-error.ts';
import { readExportMark, writeExportMark } from '../state/export-marks.ts';
import { ensureStateFolder } from '../state/folder.ts';
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

/** The columns that tell when a row was made and changed. Throws SicError 'usage' where none does. */
export function changedColumns({ changed, row }: Source): readonly string[] {
  if (changed.length > 0) return changed;
  throw new SicError('usage', `--since: nothing tells when a row of ${row} was changed.`, {
    hint: 'Name the column that does under "changed" in the search, or leave out --since.',
  });
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
    readonly limit: number | null;
    readonly now: number;
    readonly note: (text: string) => void;
  },
): Promise<Since> {
  if (wanted === null) return { from: null, done: async () => {} };
  changedColumns(source);
  if (wanted !== 'last') return { from: wanted, done: async () => {} };
  const { stateFolder, name, search, limit, now, note } = mark;
  // Before a night's work, not after it.
  if (limit === null) await ensureStateFolder(stateFolder);
  const tenant = `${superoffice.tenant} ${(await superoffice.principal()).database}`;
  const before = await readExportMark(stateFolder, name, tenant);
  if (before === null)
    note(
      `--since last: no earlier export of ${search} with these fields and criteria is known, so all of it is exported.`,
    );
  if (limit !== null)
    note('--since last: an export with --limit is not noted, so the next one brings these rows again.');
  const clock = superoffice.serverClock();
  const started = clock === null ? now - overlapWithoutClock : clock.there + (now - clock.here) - overlap;
  return {
    from: before === null ? null : new Date(before.until).getTime(),
    done: () => {
      const until = new Date(started).toISOString();
      return writeExportMark(stateFolder, name, { tenant, search, until }).catch(notNoted);
    },
  };
}

/** The rows are handed over by then: told as what went wrong in the middle. */
function notNoted(cause: unknown): never {
  if (!(cause instanceof SicError)) throw cause;
  throw new SicError('file', `The export is complete, but that cannot be noted: ${cause.message}`, {
    hint: `The next export with --since last brings the same rows again. ${cause.hint ?? ''}`.trimEnd(),
    cause,
  });
}
