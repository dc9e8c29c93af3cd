import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Copies what a state folder remembers of records, without the runs, which may be far larger. */
export function keepState(folder, kept) {
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  for (const name of filesOf(folder)) copyFileSync(join(folder, name), join(kept, name));
}

/** Puts it back, on the disk: what the machine has yet to write would slow down whoever is measured next. */
export function restoreState(kept, folder) {
  for (const name of filesOf(folder)) rmSync(join(folder, name));
  for (const name of filesOf(kept)) {
    const path = join(folder, name);
    copyFileSync(join(kept, name), path);
    const file = openSync(path, 'r+');
    fsyncSync(file);
    closeSync(file);
  }
}

function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ name }) => name);
}
