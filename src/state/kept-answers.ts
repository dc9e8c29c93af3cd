import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { ensureStateFolder } from './folder.ts';
import { parsed } from './ndjson.ts';
import { replaceFile } from './replace-file.ts';
import { stateError, systemCode } from './state-error.ts';

/** What a probe found out about one tenant. */
export interface KeptAnswers {
  /** Tenant and database, so that answers of one are never taken for those of another. */
  readonly tenant: string;
  readonly database: string;
  /** `2026-11-22T12:05:01.000Z` */
  readonly probedAt: string;
  /** Release of SuperOffice at that time (`12.4.1514.0`); '' when it did not say. */
  readonly release: string;
  /** Answers by the names of their open points. */
  readonly answers: Readonly<Record<string, string>>;
}

const formatVersion = 1;

function pathIn(stateFolder: string): string {
  return join(stateFolder, 'open-points.json');
}

/**
 * The answers that are kept for a tenant; null when it was never probed. Throws SicError 'state' for a file that cannot be
 * read or is damaged: to go by the defaults instead could cost data.
 */
export async function readKeptAnswers(
  stateFolder: string,
  tenant: string,
  database: string,
): Promise<KeptAnswers | null> {
  const path = pathIn(stateFolder);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    // Where the folder cannot be made either, saying so is the lock's business.
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return null;
    throw stateError(path, 'read', error);
  });
  if (text === null) return null;
  const json = parsed(text);
  if (!isKept(json))
    throw new SicError('state', `${path} is damaged, or written by a newer version of sic.`, {
      hint: 'Remove the file and run sic doctor --probe again: it holds what that found out about SuperOffice.',
    });
  return json.tenant === tenant && json.database === database ? json : null;
}

/** Keeps answers in place of those that were there. Throws SicError 'state'. */
export async function writeKeptAnswers(stateFolder: string, kept: KeptAnswers): Promise<void> {
  await ensureStateFolder(stateFolder);
  const text = `${JSON.stringify({ formatVersion, ...kept }, null, 2)}\n`;
  await replaceFile(pathIn(stateFolder), file => file.writeFile(text));
}

function isKept(json: unknown): json is KeptAnswers {
  if (typeof json !== 'object' || json === null) return false;
  const texts = ['tenant', 'database', 'probedAt', 'release'].map(name => Reflect.get(json, name));
  const answers: unknown = Reflect.get(json, 'answers');
  return (
    Reflect.get(json, 'formatVersion') === formatVersion &&
    texts.every(text => typeof text === 'string') &&
    typeof answers === 'object' &&
    answers !== null &&
    Object.values(answers).every(answer => typeof answer === 'string')
  );
}
