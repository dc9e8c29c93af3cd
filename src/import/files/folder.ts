import { createReadStream } from 'node:fs';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { SicError } from '../../problems/sic-error.ts';
import type { FilePlace, PlacedFile } from './place.ts';

/** A folder of this machine. @param words where that is: `in documents`, `beside persons.csv` */
export function folderPlace(folder: string, words: string): FilePlace {
  return {
    words,
    find: async path => {
      for (const spelled of spellings(path)) {
        const file = await fileAt(folder, spelled);
        if (file) return file;
      }
      return null;
    },
  };
}

/** macOS takes letters with marks apart, most other systems do not: both mean the same name. */
function spellings(path: string): string[] {
  return [...new Set([path, path.normalize('NFC'), path.normalize('NFD')])];
}

async function fileAt(folder: string, path: string): Promise<PlacedFile | null> {
  const full = join(folder, path);
  const found = await stat(full).catch(() => null);
  if (!found?.isFile()) return null;
  // A link is followed, but not out of the folder: a data file must not be able to fetch other files of this machine.
  const [real, root] = await Promise.all([realpath(full), realpath(folder)]);
  if (!real.startsWith(root.endsWith(sep) ? root : root + sep))
    throw new SicError('file', `"${path}" is a link that leaves ${folder}.`, {
      hint: 'Put the file itself there instead of the link.',
    });
  await access(real, constants.R_OK).catch((cause: unknown) => {
    throw new SicError('file', `"${path}" may not be read.`, {
      hint: 'Give the user that runs sic the right to read it.',
      cause,
    });
  });
  return { size: found.size, open: () => createReadStream(real) };
}
