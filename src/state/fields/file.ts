import { type FileHandle, open } from 'node:fs/promises';
import type { Hash64 } from '../accepted.ts';
import type { Place } from '../column-sets.ts';
import type { Fingerprints } from '../fingerprint.ts';
import { stateError, systemCode } from '../state-error.ts';
import { asBefore } from './format.ts';
import { type Header, readHeader } from './header.ts';
import { layUnder } from './merge.ts';
import { Segment } from './segment.ts';
import { unknownHash } from './update.ts';

/** A file of field hashes, open for reading. All of it throws SicError 'state' for a damaged file. */
export class FieldFile {
  readonly header: Header;
  /** The newest first. */
  readonly segments: readonly Segment[];
  readonly #file: FileHandle;

  private constructor(file: FileHandle, header: Header, segments: readonly Segment[]) {
    this.#file = file;
    this.header = header;
    this.segments = segments;
  }

  /** null: there is no file, or it is another tenant's. A file of a newer sic throws SicError 'state' too. */
  static async open(path: string, owner: Hash64, fingerprints: Fingerprints): Promise<FieldFile | null> {
    const file = await openFile(path);
    if (file === null) return null;
    try {
      const header = await readHeader(file, path, fingerprints);
      if (header.owner.lo === owner.lo && header.owner.hi === owner.hi) {
        const segments: Segment[] = [];
        for (const place of header.segments)
          segments.unshift(await Segment.open({ file, path, fingerprints }, place));
        return new FieldFile(file, header, segments);
      }
    } catch (error) {
      await file.close();
      throw stateError(path, 'read', error);
    }
    await file.close();
    return null;
  }

  /** Looks at the header alone, so that a file that cannot be used is refused before anything is done. */
  static async check(path: string, fingerprints: Fingerprints): Promise<void> {
    const file = await openFile(path);
    try {
      if (file) await readHeader(file, path, fingerprints);
    } catch (error) {
      throw stateError(path, 'read', error);
    } finally {
      await file?.close();
    }
  }

  get columns(): readonly Place[] {
    return this.segments[0]?.columns ?? [];
  }

  /** The hashes of a record by column, or null when it is not known. */
  find(key: Hash64): Uint32Array | null {
    let known: Uint32Array | null = null;
    for (const segment of this.segments) {
      const found = segment.find(key);
      if (found === null) continue;
      known ??= new Uint32Array(this.columns.length).fill(asBefore);
      // Earlier segments have no other columns.
      if (layUnder(known, found)) break;
    }
    return known?.map(hash => (hash === asBefore ? unknownHash : hash)) ?? null;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

async function openFile(path: string): Promise<FileHandle | null> {
  return open(path, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw stateError(path, 'read', error);
  });
}
