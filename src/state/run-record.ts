import { readFile, stat } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { processStart } from './process-identity.ts';
import { replaceFile, syncFolder } from './replace-file.ts';
import type { RunFolder } from './run-folder.ts';
import { stateError } from './state-error.ts';

/** A file of a run, as it was when the run began. */
export interface FileOfRun {
  /** As typed; `-` is standard input. */
  readonly named: string;
  /** Absolute; null: standard input. */
  readonly path: string | null;
  /** Bytes, and when it was changed last (ISO 8601); null when it cannot be told. */
  readonly size: number | null;
  readonly modified: string | null;
}

/** `run.json`: who began what, where and when. */
export interface RunRecord {
  readonly formatVersion: 1;
  readonly id: string;
  readonly kind: 'import' | 'validate' | 'undo';
  /** The run that an undo takes back. */
  readonly undoes?: string;
  /** Flags that were given, by their names without dashes. Never a secret: the address to ping is left out. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly files: readonly FileOfRun[];
  readonly cwd: string;
  /** The config file; null: there is none. */
  readonly config: string | null;
  readonly profile: string;
  /** '' when SuperOffice was not asked. */
  readonly tenant: string;
  /** Tells one database of a tenant from another; '' when SuperOffice does not say. */
  readonly database: string;
  readonly user: {
    /** Of the operating system; '' where it has no name. */
    readonly os: string;
    /** Login name and full name in SuperOffice; null when nobody was signed in. */
    readonly superoffice: { readonly login: string; readonly name: string } | null;
  };
  readonly host: string;
  readonly pid: number;
  /** See `processStart`. */
  readonly processStart: string | null;
  readonly version: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

type Told = Omit<RunRecord, 'formatVersion' | 'id' | 'files' | 'user' | 'host' | 'pid' | 'processStart'>;

/** Writes `run.json`, as a whole or not at all, and makes it durable with its folder. Throws SicError 'state'. */
export async function writeRunRecord(
  folder: RunFolder,
  told: Told & {
    readonly files: readonly string[];
    readonly superofficeUser: RunRecord['user']['superoffice'];
  },
): Promise<void> {
  const { files, superofficeUser, ...rest } = told;
  const record: RunRecord = {
    formatVersion: 1,
    id: folder.id,
    ...rest,
    files: await Promise.all(files.map(named => fileOfRun(named, told.cwd))),
    user: { os: osUser(), superoffice: superofficeUser },
    host: hostname(),
    pid: process.pid,
    processStart: processStart(process.pid),
  };
  const runs = dirname(folder.path);
  await Promise.all([
    replaceFile(folder.record, file => file.writeFile(`${JSON.stringify(record, null, 2)}\n`)),
    syncFolder(runs).catch((cause: unknown) => {
      throw stateError(runs, 'written', cause);
    }),
  ]);
}

async function fileOfRun(named: string, cwd: string): Promise<FileOfRun> {
  if (named === '-') return { named, path: null, size: null, modified: null };
  const path = resolve(cwd, named);
  const found = await stat(path).catch(() => null);
  return { named, path, size: found?.size ?? null, modified: found?.mtime.toISOString() ?? null };
}

/** A container may run under a number that has no name. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** A JSON file of a run folder; undefined: it is not there, or nothing that can be read. History is no reason to fail. */
export async function readRunFile(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
