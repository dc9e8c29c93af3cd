import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileName, foldedName } from '../../records/file-name.ts';
import { makeFolder } from '../../state/folder.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import { unwritable } from '../destination/refusals.ts';

/**
 * Saves the files of records, each in a folder that is named by the record's number, since names are not unique. A file gets
 * its name when it is complete, and stands in place of the one that an earlier export saved.
 */
export class SavedFiles {
  readonly #folder: string;
  readonly #contents: SuperOffice['contents'];
  readonly #listTellsSizes: boolean;
  readonly #onSaved: () => void;

  /** @param folder absolute */
  constructor(
    folder: string,
    { contents, openPoints }: Pick<SuperOffice, 'contents' | 'openPoints'>,
    onSaved: () => void,
  ) {
    this.#folder = folder;
    this.#contents = contents;
    this.#listTellsSizes = openPoints.attachmentListSizes;
    this.#onSaved = onSaved;
  }

  /** The file of a document: its name below the folder, '' where it has none. Throws SuperOfficeError, SicError 'file'. */
  async ofDocument(id: number, name: string): Promise<string> {
    if (name === '') return '';
    const saved = await this.#save(String(id), name, receive =>
      this.#contents.readDocument(id, receive, { name }),
    );
    return saved ?? '';
  }

  /** The attachments of a message: their names below the folder, joined with |. Throws SuperOfficeError, SicError 'file'. */
  async ofMessage(id: number): Promise<string> {
    const saved: string[] = [];
    const taken = new Map<string, number>();
    for (const { id: attachmentId, name, size } of await this.#contents.attachmentsOf(id)) {
      // A second one of a name keeps it, in a folder of its own: under another name an import would take it for another
      // attachment.
      const folded = foldedName(fileName(name));
      const count = (taken.get(folded) ?? 0) + 1;
      taken.set(folded, count);
      const folder = count === 1 ? String(id) : `${id}/(${count})`;
      const known = this.#listTellsSizes ? { name, size } : { name };
      const inFolder = await this.#save(folder, name, receive =>
        this.#contents.readAttachment(attachmentId, receive, known),
      );
      if (inFolder !== null) saved.push(inFolder);
    }
    return saved.join('|');
  }

  /** null: there is nothing to save. */
  async #save(
    inside: string,
    wished: string,
    read: (receive: (body: AsyncIterable<Uint8Array>) => Promise<void>) => Promise<void>,
  ): Promise<string | null> {
    const name = fileName(wished);
    const folder = join(this.#folder, inside);
    // Beside the folders of records, so that none is made for a record without a file.
    const aside = join(this.#folder, `.sic-file-${randomUUID()}.tmp`);
    const path = join(folder, name);
    try {
      let size = 0;
      await read(async body => {
        size = await written(body, aside, path);
      });
      if (size === 0) return null;
      await onDisk(path, async () => {
        await makeFolder(folder);
        await rename(aside, path);
      });
      this.#onSaved();
      return `${inside}/${name}`;
    } catch (error) {
      if (error instanceof SuperOfficeError && error.status === 404) return null;
      throw error;
    } finally {
      await rm(aside, { force: true }).catch(() => {});
    }
  }
}

/** Bytes that were written. From the start, when the answer has to be asked for again. */
async function written(body: AsyncIterable<Uint8Array>, aside: string, path: string): Promise<number> {
  const file = await onDisk(path, () => open(aside, 'w'));
  let size = 0;
  try {
    for await (const chunk of body) {
      await onDisk(path, () => file.writeFile(chunk));
      size += chunk.length;
    }
  } finally {
    await file.close();
  }
  return size;
}

/** Failures of the disk are told as such; those of the body are the network's, and may be tried again. */
async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw unwritable(path, cause, { flag: '--with-files', stands: false });
  }
}
