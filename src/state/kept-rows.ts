import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureStateFolder } from './folder.ts';
import { linesOf, parsed } from './ndjson.ts';
import { syncFolder } from './replace-file.ts';
import { stateError, systemCode } from './state-error.ts';

/** Rows that were answered once and may be answered again. */
export interface KeptRows {
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  /** What was said when they were kept. */
  readonly about: unknown;
  /** In batches, as they were kept. To be read once, and then they are closed. */
  rows(): AsyncGenerator<unknown[], void, void>;
  /** For whoever does not want them. Never throws. */
  close(): Promise<void>;
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

/** Whoever wrote nothing for so long was killed. Milliseconds. */
const longestWritten = 86_400_000;

function folderIn(stateFolder: string): string {
  return join(stateFolder, 'cache');
}

/**
 * The rows that are kept under a name, found whole before the first one is given: whoever hands them on cannot take them
 * back. null: there are none, or those of another version of sic; 'damaged': not all is there, or not as it was written.
 */
export async function readKeptRows(stateFolder: string, name: string): Promise<KeptRows | 'damaged' | null> {
  const path = join(folderIn(stateFolder), `${name}.ndjson`);
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(systemCode(error)) ? null : 'damaged';
  }
  const close = (): Promise<void> => file.close().catch(() => {});
  try {
    const size = await sizeOfWhole(file);
    const lines = size === null ? null : linesOf(file, size);
    const first = await lines?.next();
    const head = first?.value ? parsed(first.value.text) : null;
    if (size !== null && lines && isHead(head))
      return { madeAt: head.madeAt, about: head.about, rows: () => inBatches(lines, close), close };
    await close();
    return size === null ? 'damaged' : null;
  } catch {
    await close();
    return 'damaged';
  }
}

async function* inBatches(
  lines: ReturnType<typeof linesOf>,
  close: () => Promise<void>,
): AsyncGenerator<unknown[], void, void> {
  let batch: unknown[] = [];
  try {
    for await (const { text } of lines) {
      batch.push(parsed(text));
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    await close();
  }
}

/** The last line: what all before it comes to. */
const sumLine = (sum: string): string => `{"sha256":"${sum}"}\n`;
const sumLineLength = sumLine('0'.repeat(64)).length;

/** Bytes before the last line; null: a byte is missing, or not as it was written. */
async function sizeOfWhole(file: FileHandle): Promise<number | null> {
  const size = (await file.stat()).size - sumLineLength;
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(1 << 20);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, size - at), at);
    if (bytesRead === 0) return null;
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
  if (size <= 0) return null;
  const { bytesRead } = await file.read(chunk, 0, sumLineLength, size);
  return chunk.toString('latin1', 0, bytesRead) === sumLine(hash.digest('hex')) ? size : null;
}

/**
 * Begins to keep rows, readable by their owner alone. Several at the same time do not meet: the last that commits stands.
 * Throws SicError 'state', as do its methods.
 */
export async function keepRows(
  stateFolder: string,
  name: string,
  { madeAt, about }: Pick<KeptRows, 'madeAt' | 'about'>,
): Promise<RowKeeper> {
  const folder = folderIn(stateFolder);
  const path = join(folder, `${name}.ndjson`);
  const aside = join(folder, `.${randomUUID()}.tmp`);
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw stateError(path, 'written', cause);
    });
  await ensureStateFolder(stateFolder);
  await told(mkdir(folder, { recursive: true, mode: 0o700 }));
  await removeOld(folder, madeAt);
  const file = await told(open(aside, 'wx', 0o600));
  const hash = createHash('sha256');
  let isOpen = true;
  let isCommitted = false;
  const write = (text: string): Promise<void> => {
    hash.update(text);
    return told(file.writeFile(text));
  };
  const append = (lines: readonly unknown[]): Promise<void> =>
    write(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  const discard = async (): Promise<void> => {
    if (isOpen) await file.close().catch(() => {});
    isOpen = false;
    if (!isCommitted) await rm(aside, { force: true }).catch(() => {});
  };
  await append([{ formatVersion, madeAt, about }]).catch(async (error: unknown) => {
    await discard();
    throw error;
  });
  return {
    append,
    async commit() {
      await told(file.writeFile(sumLine(hash.digest('hex'))));
      await told(file.sync());
      isOpen = false;
      await told(file.close());
      await told(rename(aside, path));
      isCommitted = true;
      await told(syncFolder(folder));
    },
    discard,
  };
}

/** Also what exports that were killed left behind. */
async function removeOld(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    const longest = name.endsWith('.tmp') ? longestWritten : longestKept;
    if (now - mtimeMs > longest) await rm(path, { force: true }).catch(() => {});
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
