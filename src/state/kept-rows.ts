import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { ensureStateFolder } from './folder.ts';
import { readNdjson } from './ndjson.ts';
import { syncFolder } from './replace-file.ts';
import { stateError } from './state-error.ts';

/** Rows that were answered once and may be answered again. */
export interface KeptRows {
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  /** What was said when they were kept. */
  readonly about: unknown;
  /** In batches, as they were kept. To be read once. Throws SicError 'state' for a file that turns out to be damaged. */
  rows(): AsyncGenerator<unknown[], void, void>;
}

export interface RowKeeper {
  append(rows: readonly unknown[]): Promise<void>;
  /** From here on they are there, in place of those that were. */
  commit(): Promise<void>;
  /** Never throws. Does nothing after `commit`. */
  discard(): Promise<void>;
}

const formatVersion = 1;
const batchSize = 1000;

/** Nobody asks for older ones again. Milliseconds. */
const longestKept = 30 * 86_400_000;

function folderIn(stateFolder: string): string {
  return join(stateFolder, 'cache');
}

/** The rows that are kept under a name; null: none, or those of another version of sic. A cache that cannot be read is no loss. */
export async function readKeptRows(stateFolder: string, name: string): Promise<KeptRows | null> {
  const path = join(folderIn(stateFolder), `${name}.ndjson`);
  const entries = readNdjson(path);
  const first = await entries.next().catch(() => null);
  const head = first === null || first.done ? null : first.value;
  if (!isHead(head)) {
    await entries.return().catch(() => {});
    return null;
  }
  return {
    madeAt: head.madeAt,
    about: head.about,
    async *rows() {
      let batch: unknown[] = [];
      try {
        for await (const row of entries) {
          batch.push(row);
          if (batch.length < batchSize) continue;
          yield batch;
          batch = [];
        }
      } catch (cause) {
        throw new SicError('state', `The cache ${path} is damaged.`, {
          hint: 'Run the command again with --refresh: that asks SuperOffice.',
          cause,
        });
      }
      if (batch.length > 0) yield batch;
    },
  };
}

/** Begins to keep rows, readable by their owner alone. Throws SicError 'state', as do its methods. */
export async function keepRows(
  stateFolder: string,
  name: string,
  { madeAt, about }: Pick<KeptRows, 'madeAt' | 'about'>,
): Promise<RowKeeper> {
  const folder = folderIn(stateFolder);
  const path = join(folder, `${name}.ndjson`);
  const aside = join(folder, `.${name}.${process.pid}.tmp`);
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw stateError(path, 'written', cause);
    });
  await ensureStateFolder(stateFolder);
  await told(mkdir(folder, { recursive: true, mode: 0o700 }));
  await removeOld(folder, madeAt);
  const file = await told(open(aside, 'w', 0o600));
  let isOpen = true;
  const write = (lines: readonly unknown[]): Promise<void> =>
    told(file.writeFile(lines.map(line => `${JSON.stringify(line)}\n`).join('')));
  await write([{ formatVersion, madeAt, about }]);
  return {
    append: write,
    async commit() {
      await told(file.sync());
      isOpen = false;
      await told(file.close());
      await told(rename(aside, path));
      await told(syncFolder(folder));
    },
    async discard() {
      if (!isOpen) return;
      isOpen = false;
      await file.close().catch(() => {});
      await rm(aside, { force: true }).catch(() => {});
    },
  };
}

/** Also what exports that were killed left behind. */
async function removeOld(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > longestKept) await rm(path, { force: true }).catch(() => {});
  }
}

function isHead(value: unknown): value is { readonly madeAt: number; readonly about: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    Reflect.get(value, 'formatVersion') === formatVersion &&
    typeof Reflect.get(value, 'madeAt') === 'number'
  );
}
