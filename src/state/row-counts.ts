import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsed } from './ndjson.ts';
import { replaceFile } from './replace-file.ts';
import { notUnderstood, stateError, systemCode } from './state-error.ts';

/** How many rows each kind of file had in its last complete import. */
export interface RowCounts {
  /** null: it never was imported as a whole. */
  get(kind: string): number | null;
  note(kind: string, rows: number): void;
  /** Makes what was noted durable. Throws SicError 'state'. */
  commit(): Promise<void>;
}

/** Throws SicError 'state' for a file that cannot be read, is damaged or of a newer sic: a brake would be off unseen. */
export async function openRowCounts(stateFolder: string): Promise<RowCounts> {
  const path = join(stateFolder, 'row-counts.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '{}';
    throw stateError(path, 'read', error);
  });
  const entries = entriesIn(parsed(text));
  if (entries === null)
    throw notUnderstood(
      path,
      'the next import is then not compared with how many rows its files had before.',
    );
  const counts = new Map(entries);
  let isNew = false;
  return {
    get: kind => counts.get(kind) ?? null,
    note: (kind, rows) => {
      if (counts.get(kind) === rows) return;
      counts.set(kind, rows);
      isNew = true;
    },
    commit: async () => {
      if (!isNew) return;
      const json = JSON.stringify(Object.fromEntries([...counts].sort()), null, 2);
      await replaceFile(path, file => file.writeFile(`${json}\n`));
      isNew = false;
    },
  };
}

/** Null: it is no such file. Kinds of files begin with their datatype, so a version would stand out. */
function entriesIn(json: unknown): [string, number][] | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json) || 'formatVersion' in json)
    return null;
  const entries: [string, unknown][] = Object.entries(json);
  return entries.every(isEntry) ? entries : null;
}

function isEntry(entry: [string, unknown]): entry is [string, number] {
  return Number.isSafeInteger(entry[1]);
}
