import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { parsed } from './ndjson.ts';
import { isAlive, processStart } from './process-identity.ts';
import { stateError, systemCode } from './state-error.ts';

export interface LockInfo {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What runs, for the one who finds the lock: `sic import kunder.csv`. Never a secret. */
  readonly command: string;
}

export interface Lock {
  release(): Promise<void>;
}

interface Holder {
  /** Tells this holding from every other one. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
  readonly command: string;
  /** See `processStart`. */
  readonly start: string | null;
}

/**
 * Lets one run at a time use a state folder. Throws SicError 'locked' when another one holds it. A holder that died on
 * this host is taken over.
 *
 * A dead holder's lock file is never removed to make way, because between looking and removing somebody else may have
 * taken over already. Instead its successor is decided by who creates the file `lock.<id of the dead holder>`, which
 * can happen once; then the successor's file is renamed over `lock`. A successor that dies in between has a successor
 * of its own by the same rule.
 */
export async function acquireLock(folder: string, info: LockInfo): Promise<Lock> {
  const path = join(folder, 'lock');
  const me: Holder = {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    since: new Date(info.now).toISOString(),
    command: info.command,
    start: processStart(process.pid),
  };
  const mine = join(folder, `.lock-${me.id}`);
  try {
    await writeDurably(mine, `${JSON.stringify(me)}\n`);
    for (;;) if (await attempt(path, mine)) break;
    await removeClaims(folder);
  } catch (cause) {
    throw stateError(path, 'written', cause);
  } finally {
    await rm(mine, { force: true });
  }
  return {
    release: async () => {
      // Somebody may have removed the lock by hand, and another run may hold it now.
      if ((await readHolder(path))?.id === me.id) await rm(path, { force: true });
    },
  };
}

/** True when the lock is ours; false when the files changed under our hands and it is to be tried again. */
async function attempt(path: string, mine: string): Promise<boolean> {
  const dead: { readonly path: string; readonly id: string }[] = [];
  let wanted = path;
  while (!(await createFrom(mine, wanted))) {
    const holder = await readHolder(wanted);
    if (holder === null) return false; // released just now
    if (holder.host !== hostname() || isAlive(holder.pid, holder.start)) throw held(path, holder);
    dead.push({ path: wanted, id: holder.id });
    wanted = `${path}.${holder.id}`;
  }
  if (dead.length === 0) return true;
  for (const { path: seen, id } of dead) {
    if ((await readHolder(seen))?.id === id) continue;
    await rm(wanted, { force: true }); // another successor was faster and is done
    return false;
  }
  await rename(mine, path);
  return true;
}

/** Creates `path` with the content of `mine`, whole from its first moment on. False when it exists. */
async function createFrom(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemCode(error))) throw error;
  }
  // A file system without hard links (FAT, some network shares).
  try {
    await writeDurably(path, await readFile(mine, 'utf8'));
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Null when the file is gone. */
async function readHolder(path: string): Promise<Holder | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const holder = parsed(text);
  if (isHolder(holder)) return holder;
  throw new SicError('locked', `Another run may hold the lock ${path}: the file is not readable as a lock.`, {
    hint: `If no other sic is running with this state folder, remove ${path} and run again.`,
  });
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'id' in value &&
    typeof value.id === 'string' &&
    /^[0-9a-f-]{36}$/.test(value.id) &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'host' in value &&
    typeof value.host === 'string' &&
    'since' in value &&
    typeof value.since === 'string' &&
    'command' in value &&
    typeof value.command === 'string' &&
    'start' in value &&
    (value.start === null || typeof value.start === 'string')
  );
}

/** What takeovers left behind. Safe for the holder alone: whoever is still at it finds that `lock` has changed. */
async function removeClaims(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (/^lock\.[0-9a-f-]{36}$/.test(name)) await rm(join(folder, name), { force: true });
}

function held(path: string, holder: Holder): SicError {
  const since = holder.since.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  const elsewhere = holder.host !== hostname();
  return new SicError(
    'locked',
    `Another run holds the state folder since ${since}: process ${holder.pid} on host ${holder.host} (${holder.command}).`,
    {
      hint: elsewhere
        ? `Wait for it to end. If it is surely gone (a container or machine that no longer exists), remove ${path}.`
        : 'Wait for it to end, or stop it. What it has done is kept.',
    },
  );
}
