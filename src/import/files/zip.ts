import { Readable } from 'node:stream';
import { streamOf } from '../../formats/read-stream.ts';
import type { ZipArchive, ZipEntry } from '../../formats/zip/archive.ts';
import type { FilePlace } from './place.ts';

/** A folder inside a zip. @param folder without a slash at its end; '' is the top */
export function zipPlace(archive: ZipArchive, folder: string): FilePlace {
  const prefix = folder === '' ? '' : `${folder}/`;
  const byName = new Map(archive.entries.map(entry => [spelled(entry.name), entry]));
  return {
    words: `in ${archive.label}${folder === '' ? '' : `/${folder}`}`,
    find: async path => {
      const entry = byName.get(spelled(`${prefix}${path}`));
      return entry ? { size: entry.size, open: () => contentOf(archive, entry) } : null;
    },
  };
}

/** Archives made on macOS have letters with marks taken apart. */
function spelled(name: string): string {
  return name.normalize('NFC');
}

/** Unpacked when it is read, and thrown away after: thousands of documents need the room of a few. */
function contentOf(archive: ZipArchive, entry: ZipEntry): Readable {
  return Readable.from(
    (async function* () {
      const file = await archive.unpack(entry);
      yield* streamOf(file, () => file.discard());
    })(),
    { objectMode: false },
  );
}
