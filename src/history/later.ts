import { listIn, numberIn, property, textIn } from './json.ts';
import { type Kept, kindOf, stateOf } from './read.ts';
import { isWorthGoingOn } from './resumable.ts';

/** Flags that decide which rows an import reads, and what it does with them. */
const decisive = ['datatype', 'files', 'full', 'limit', 'on-conflict', 'plan'];

/** What later runs did about earlier ones: they are shown to it newest first. */
export class Later {
  readonly #imports = new Map<string, string>();
  readonly #undone = new Map<string, string>();

  add(kept: Kept): void {
    const { id, record, result } = kept;
    const kind = kindOf(kept);
    // One that never began (a mistake in the config, a file that was away) has gone on with nothing.
    if (kind === 'import' && property(result, 'began') !== false) this.#imports.set(commandIn(record), id);
    const undoes = textIn(result, 'undoes');
    const isDone = numberIn(result, 'exitCode') === 0 && property(result, 'dryRun') === false;
    // An undo that was undone has taken nothing back.
    if (kind === 'undo' && undoes !== null && isDone && !this.#undone.has(id)) this.#undone.set(undoes, id);
  }

  /** The id of the next later run of the same command; null: there is none. */
  goneOn({ record }: Kept): string | null {
    return this.#imports.get(commandIn(record)) ?? null;
  }

  /** The id of a later undo that took all of it back; null: there is none. */
  undoneBy({ id }: Kept): string | null {
    return this.#undone.get(id) ?? null;
  }
}

/** Whether `sic resume` can go on with a run: an import of files that stopped before its end, and was not started again since. */
export async function resumableAfter(later: Later, kept: Kept, now: number): Promise<boolean> {
  if (kindOf(kept) !== 'import' || kept.record === undefined || later.goneOn(kept) !== null) return false;
  if (listIn(kept.record, 'files').some(file => textIn(file, 'path') === null)) return false;
  const code = textIn(property(kept.result, 'error'), 'code');
  return code === null ? (await stateOf(kept, now)) === 'killed' : isWorthGoingOn(code);
}

/** The same for a run and for the one that goes on with it. */
function commandIn(record: unknown): string {
  const files = listIn(record, 'files').map(file => textIn(file, 'path'));
  const flags = decisive.map(name => property(property(record, 'flags'), name));
  return JSON.stringify([files, flags, textIn(record, 'config')]);
}
