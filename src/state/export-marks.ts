import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { ensureStateFolder } from './folder.ts';
import { parsed } from './ndjson.ts';
import { replaceFile } from './replace-file.ts';
import { stateError, systemCode } from './state-error.ts';

/** How far an export with `--since last` has got. */
export interface ExportMark {
  /** Tenant and database, so that the mark of one is never taken for that of another. */
  readonly tenant: string;
  /** For people who look at the file: the search. */
  readonly search: string;
  /** Everything that was changed before was exported: `2026-11-22T02:00:00.000Z`. */
  readonly until: string;
}

const formatVersion = 1;

function pathOf(stateFolder: string, name: string): string {
  return join(stateFolder, 'exports', `${name}.json`);
}

/**
 * The mark of that name for that tenant; null: none. Throws SicError 'state' for one that cannot be read: to export
 * everything again, or nothing, would both be wrong.
 */
export async function readExportMark(
  stateFolder: string,
  name: string,
  tenant: string,
): Promise<ExportMark | null> {
  const path = pathOf(stateFolder, name);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return null;
    throw stateError(path, 'read', error);
  });
  if (text === null) return null;
  const mark = parsed(text);
  if (!isMark(mark))
    throw new SicError('state', `${path} is damaged, or written by a newer version of sic.`, {
      hint: 'Remove the file to export everything once, or name a day: --since 2026-01-31.',
    });
  return mark.tenant === tenant ? mark : null;
}

/** Throws SicError 'state'. */
export async function writeExportMark(stateFolder: string, name: string, mark: ExportMark): Promise<void> {
  await ensureStateFolder(stateFolder);
  const path = pathOf(stateFolder, name);
  await mkdir(join(stateFolder, 'exports'), { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw stateError(path, 'written', cause);
  });
  const text = `${JSON.stringify({ formatVersion, ...mark }, null, 2)}\n`;
  await replaceFile(path, file => file.writeFile(text));
}

function isMark(value: unknown): value is ExportMark {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['tenant', 'search', 'until'].map(name => Reflect.get(value, name));
  return (
    Reflect.get(value, 'formatVersion') === formatVersion &&
    texts.every(text => typeof text === 'string') &&
    !Number.isNaN(new Date(String(Reflect.get(value, 'until'))).getTime())
  );
}
