import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SicError } from '../../problems/sic-error.ts';
import { syncFolder } from '../../state/replace-file.ts';
import { systemCode } from '../../state/state-error.ts';
import type { Destination } from '../destination.ts';
import { gathered } from './gathered.ts';
import { folderForbidden, noSuchFolder, unwritable } from './refusals.ts';
import type { FileTarget } from './target.ts';

/**
 * Written beside its place under a hidden name that no other process has, and renamed when it is complete and on the disk:
 * whoever reads the file meanwhile, or after a crash, has the old one or the new one.
 */
export async function writtenAside({ path, existing }: FileTarget, shown: string): Promise<Destination> {
  const aside = join(dirname(path), `.sic-export-${randomUUID()}.tmp`);
  const file = await create(aside, existing, shown);
  let ended: 'finished' | 'discarded' | SicError | null = null;
  let renamed = false;

  const remove = async (): Promise<void> => {
    await file.close().catch(() => {});
    if (!renamed) await rm(aside, { force: true }).catch(() => {});
  };
  /** Once something failed, everything after it fails in the same way: no file has a gap. */
  const attempt = async <T>(action: () => Promise<T>): Promise<T> => {
    if (ended instanceof SicError) throw ended;
    if (ended !== null) throw new Error(`${shown} was ${ended} already`);
    try {
      return await action();
    } catch (cause) {
      ended = unwritable(shown, cause, { flag: '--out', stands: existing !== null && !renamed });
      await remove();
      throw ended;
    }
  };
  const text = gathered(async bytes => {
    await file.appendFile(bytes);
    return true;
  });
  return {
    write: more => attempt(() => text.add(more)),
    finish: () =>
      attempt(async () => {
        await text.flush();
        await file.sync();
        await file.close();
        await rename(aside, path);
        renamed = true;
        await syncFolder(dirname(path)).catch((error: unknown) => {
          // A folder may be written to and not read.
          if (systemCode(error) !== 'EACCES') throw error;
        });
        ended = 'finished';
        return true;
      }),
    discard: async () => {
      if (ended !== null) return;
      ended = 'discarded';
      await remove();
    },
  };
}

/** Who could not read the old file must not read the new one, not even before it is complete. */
async function create(aside: string, existing: Stats | null, shown: string): Promise<FileHandle> {
  const file = await open(aside, 'wx', existing === null ? 0o666 : 0o600).catch((cause: unknown) => {
    const code = systemCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw noSuchFolder(shown, dirname(aside));
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw folderForbidden(shown, dirname(aside), cause);
    throw unwritable(shown, cause, { flag: '--out', stands: existing !== null });
  });
  if (existing === null) return file;
  try {
    await keepOwner(file, existing);
    await file.chmod(existing.mode & 0o777);
    return file;
  } catch (cause) {
    await file.close().catch(() => {});
    await rm(aside, { force: true }).catch(() => {});
    throw unwritable(shown, cause, { flag: '--out', stands: true });
  }
}

/** As far as we may: only root gives files away. */
async function keepOwner(file: FileHandle, { uid, gid }: Stats): Promise<void> {
  const ours = await file.stat();
  if (ours.uid === uid && ours.gid === gid) return;
  await file.chown(uid, gid).catch(() => file.chown(ours.uid, gid).catch(() => {}));
}
