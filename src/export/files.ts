import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { fileName } from '../records/file-text.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { unwritable } from './destination/refusals.ts';

/** Saves the files of records, each in a folder that is named by the record's number, since names are not unique. */
export class SavedFiles {
  readonly #folder: string;
  readonly #contents: SuperOffice['contents'];
  #count = 0;

  /** @param folder absolute */
  constructor(folder: string, { contents }: SuperOffice) {
    this.#folder = folder;
    this.#contents = contents;
  }

  /** Files that were saved. */
  get count(): number {
    return this.#count;
  }

  /** The file of a document: its name below the folder, '' where it has none. Throws SuperOfficeError, SicError 'file'. */
  async ofDocument(id: number, name: string): Promise<string> {
    if (name === '') return '';
    const saved = await this.#save(String(id), name, receive => this.#contents.readDocument(id, receive));
    return saved ?? '';
  }

  /** The attachments of a message: their names below the folder, joined with |. Throws SuperOfficeError, SicError 'file'. */
  async ofMessage(id: number): Promise<string> {
    const names: string[] = [];
    const taken = new Map<string, number>();
    for (const attachment of await this.#contents.attachmentsOf(id)) {
      // Some systems do not tell letters by case. A second one of a name keeps it, in a folder of its own: under another
      // name an import would take it for another attachment.
      const key = fileName(attachment.name).toLowerCase();
      const count = (taken.get(key) ?? 0) + 1;
      taken.set(key, count);
      const folder = count === 1 ? String(id) : `${id}/(${count})`;
      const saved = await this.#save(folder, attachment.name, receive =>
        this.#contents.readAttachment(attachment.id, receive),
      );
      if (saved !== null) names.push(saved);
    }
    return names.join('|');
  }

  /** null: there is nothing to save. */
  async #save(
    folder: string,
    name: string,
    read: (receive: (body: AsyncIterable<Uint8Array>) => Promise<void>) => Promise<void>,
  ): Promise<string | null> {
    const inFolder = `${folder}/${fileName(name)}`;
    const path = join(this.#folder, inFolder);
    const aside = join(this.#folder, folder, `.${process.pid}.tmp`);
    let size = 0;
    try {
      await read(async body => {
        size = await written(body, aside, join(this.#folder, folder));
      });
      if (size === 0) {
        await rm(aside, { force: true });
        return null;
      }
      await rename(aside, path).catch((error: unknown) => {
        throw unwritable(path, error, false);
      });
      this.#count++;
      return inFolder;
    } catch (error) {
      await rm(aside, { force: true }).catch(() => {});
      if (error instanceof SuperOfficeError && error.status === 404) return null;
      throw error;
    }
  }
}

/** Bytes that were written. */
async function written(body: AsyncIterable<Uint8Array>, path: string, folder: string): Promise<number> {
  // Failures of the disk are told as such; those of the body are the network's, and may be tried again.
  const onDisk = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw unwritable(path, error, false);
    });
  await onDisk(mkdir(folder, { recursive: true }));
  const file = await onDisk(open(path, 'w'));
  let size = 0;
  try {
    for await (const chunk of body) {
      await onDisk(file.writeFile(chunk));
      size += chunk.length;
    }
  } finally {
    await file.close();
  }
  return size;
}

/** Refuses a folder that cannot be written to, before anything is asked. Throws SicError 'usage'. */
export async function ensureFilesFolder(folder: string, shown: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new SicError('usage', `The folder of --with-files, ${shown}, cannot be made.`, {
      hint: 'A file may be in its place, or the right to write there may be missing: choose another folder.',
      cause,
    });
  }
}
