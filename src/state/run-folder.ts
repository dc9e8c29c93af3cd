import { randomBytes } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './replace-file.ts';
import { stateError, systemCode } from './state-error.ts';

/** The folder of one run, `runs/<id>/`, owner-only: everything that is left of the run is in it. */
export interface RunFolder {
  /** `20261122-120501-x7k2`: UTC, so that ids sort by time in every time zone. */
  readonly id: string;
  readonly path: string;
  readonly journal: string;
  readonly rowLog: string;
  /** The rows as the run itself tells them, where its history keeps no values: gone when it has told them. */
  readonly rowLogWithValues: string;
  /** `run.json`: who began what. */
  readonly record: string;
  readonly result: string;
  /** Path of another file in the folder. */
  file(name: string): string;
  /** Writes `result.json`, as a whole or not at all. */
  writeResult(json: unknown): Promise<void>;
}

/**
 * Makes a new run folder in a state folder that exists; `writeRunRecord` makes it durable. `now` in milliseconds since 1970.
 * Throws SicError 'state'.
 */
export async function createRun(stateFolder: string, now: number): Promise<RunFolder> {
  const runs = join(stateFolder, 'runs');
  try {
    await makeOne(runs);
    for (;;) {
      const id = newId(now);
      if (await makeOne(join(runs, id))) return runFolder(stateFolder, id);
    }
  } catch (cause) {
    throw stateError(runs, 'written', cause);
  }
}

/** False when it was there. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The folder of a run that exists. */
export function runFolder(stateFolder: string, id: string): RunFolder {
  const path = join(stateFolder, 'runs', id);
  const result = join(path, 'result.json');
  return {
    id,
    path,
    journal: join(path, 'journal.ndjson'),
    rowLog: join(path, 'rows.ndjson'),
    rowLogWithValues: join(path, 'rows-with-values.ndjson'),
    record: join(path, 'run.json'),
    result,
    file: name => join(path, name),
    writeResult: json => replaceFile(result, file => file.writeFile(`${JSON.stringify(json, null, 2)}\n`)),
  };
}

/** The ids of all runs, oldest first. None when the folder is not there. Throws SicError 'state'. */
export async function runIds(stateFolder: string): Promise<string[]> {
  const runs = join(stateFolder, 'runs');
  const names = await readdir(runs).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return [];
    throw stateError(runs, 'read', error);
  });
  const ids = names.filter(name => startOf(name) !== null).sort();
  const secondOf = (id: string): string => id.slice(0, '20261122-120501'.length);
  // Of the same second the letters tell nothing; the folders were made in turn.
  const madeAt = new Map<string, number>();
  for (const [index, id] of ids.entries())
    if (
      [ids[index - 1], ids[index + 1]].some(other => other !== undefined && secondOf(other) === secondOf(id))
    )
      madeAt.set(id, (await stat(join(runs, id)).catch(() => null))?.birthtimeMs ?? 0);
  if (madeAt.size === 0) return ids;
  return ids.sort((a, b) =>
    secondOf(a) === secondOf(b) ? (madeAt.get(a) ?? 0) - (madeAt.get(b) ?? 0) : a < b ? -1 : 1,
  );
}

/** When a run with this id began, in milliseconds since 1970; null: it is no id of a run. */
export function startOf(id: string): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[a-z0-9]{4}$/.exec(id) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : time;
}

/** Letters and digits that are not mistaken for each other when read aloud or copied by hand. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** An id for a run, whether or not it gets a folder. `now` in milliseconds since 1970. */
export function newId(now: number): string {
  const [day, time] = new Date(now)
    .toISOString()
    .replace(/[-:]|\..*$/g, '')
    .split('T');
  const letters = [...randomBytes(4)].map(byte => alphabet.charAt(byte % alphabet.length)).join('');
  return `${day}-${time}-${letters}`;
}
