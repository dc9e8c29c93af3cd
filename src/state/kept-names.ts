import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsed } from './ndjson.ts';
import { replaceFile } from './replace-file.ts';
import { notUnderstood, stateError, systemCode } from './state-error.ts';

/**
 * File names that SuperOffice's document archive amended: what was asked for, and what it is called there. Rare, so all
 * of them are held in memory.
 */
export interface KeptNames {
  /** The name the archive made of `asked` for the document with this user key, or null. */
  get(key: string, asked: string): string | null;
  note(key: string, asked: string, kept: string): void;
  /** Makes what was noted durable. Throws SicError 'state'. */
  commit(): Promise<void>;
}

/** Throws SicError 'state' for a file that cannot be read, is damaged or of a newer sic: it would be written over. */
export async function openKeptNames(stateFolder: string): Promise<KeptNames> {
  const path = join(stateFolder, 'document-names.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '[]';
    throw stateError(path, 'read', error);
  });
  const names = new Map<string, { readonly asked: string; readonly kept: string }>();
  const entries = parsed(text);
  if (!Array.isArray(entries) || !entries.every(isEntry))
    throw notUnderstood(
      path,
      'the next run then tries once more to give documents the names that the files have.',
    );
  for (const entry of entries) names.set(entry.key, entry);
  let isNew = false;
  return {
    get: (key, asked) => {
      const known = names.get(key);
      return known?.asked === asked ? known.kept : null;
    },
    note: (key, asked, kept) => {
      names.set(key, { asked, kept });
      isNew = true;
    },
    commit: async () => {
      if (!isNew) return;
      const lines = [...names].map(([key, { asked, kept }]) => JSON.stringify({ key, asked, kept }));
      await replaceFile(path, file => file.writeFile(`[\n${lines.join(',\n')}\n]\n`));
      isNew = false;
    },
  };
}

interface Entry {
  readonly key: string;
  readonly asked: string;
  readonly kept: string;
}

function isEntry(value: unknown): value is Entry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    'asked' in value &&
    'kept' in value &&
    [value.key, value.asked, value.kept].every(part => typeof part === 'string')
  );
}
