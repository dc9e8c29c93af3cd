import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A folder that files go to. It need not exist yet: then the nearest one above it counts. */
export interface FolderFacts {
  readonly path: string;
  /** Bytes that this user may still fill; null: it cannot be asked. */
  readonly free: number | null;
  /** null: it can be written. Else what the system says: `EACCES`. */
  readonly fault: string | null;
}

/** Looks at a folder without making it. */
export async function folderFacts(path: string): Promise<FolderFacts> {
  const there = await nearest(path);
  const found = await stat(there).catch(() => null);
  const fault = found?.isDirectory() ? await writeFault(there) : 'ENOTDIR';
  const free = await statfs(there).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
  return { path, free, fault };
}

async function nearest(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const isThere = await stat(folder).then(
      () => true,
      () => false,
    );
    if (isThere || dirname(folder) === folder) return folder;
  }
}

async function writeFault(folder: string): Promise<string | null> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'EACCES';
  }
}
