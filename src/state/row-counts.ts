import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsed } from './ndjson.ts';
import { replaceFile } from './replace-file.ts';
import { stateError, systemCode } from './state-error.ts';

/** How many rows each kind of file had in its last complete import. */
export interface RowCounts {
  /** null: it never was imported as a whole. */
  get(kind: string): number | null;
  note(kind: string, rows: number): void;
  /** Makes what was noted durable. Throws SicError 'state'. */
  commit(): Promise<void>;
}

/** A damaged file counts as empty: the next import of each kind of file is then not compared. Throws SicError 'state' when it cannot be read. */
export async function openRowCounts(stateFolder: string): Promise<RowCounts> {
  const path = join(stateFolder, 'row-counts.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '{}';
    throw stateError(path, 'read', error);
  });
  const counts = new Map(entriesIn(parsed(text)));
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

function entriesIn(json: unknown): [string, number][] {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return [];
  return Object.entries(json).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isSafeInteger(entry[1]),
  );
}
