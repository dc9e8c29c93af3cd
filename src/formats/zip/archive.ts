import type { FileEntry, Reader } from '@zip.js/zip.js';
import { SicError } from '../../problems/sic-error.ts';
import { foreignKindHint } from '../file-kind.ts';
import type { InputFile } from '../input-file.ts';
import { type TemporaryFile, type TemporaryWriter, temporaryFile } from '../temporary-file.ts';
import { officeKind } from './kind.ts';
import { type ZipLibrary, zipLibrary } from './library.ts';
import { defaultZipLimits, requireWithinLimits, tooManyEntries, type ZipLimits } from './limits.ts';
import { decodeName, entryName, foldedName, isDropping, shownName } from './names.ts';
import { passwordBytes } from './password.ts';
import { entryProblem, noPassword, openProblem, requireKnownMethod } from './problems.ts';
import { readerOver } from './reader.ts';

/** A zip file, looked at but not unpacked. */
export interface ZipArchive {
  /** As the user typed it, for messages. */
  readonly label: string;
  /** Its files in the order of its directory; without folders and what macOS and Windows leave in them. */
  readonly entries: readonly ZipEntry[];
  /**
   * Unpacks one entry, an archive within the archive too, to a temporary file that can be read again and again, labelled
   * `orders.zip/companies.csv`. It outlives the archive; `discard` frees its room. Throws SicError 'file' with what is
   * wrong and what to do.
   */
  unpack(entry: ZipEntry): Promise<TemporaryFile>;
  /** Forgets the password, and lets go of the file. */
  close(): Promise<void>;
}

export interface ZipEntry {
  /** The path inside, with `/`. */
  readonly name: string;
  /** Bytes when unpacked, as the archive declares: an entry that holds more or less is not unpacked. */
  readonly size: number;
  readonly encrypted: boolean;
}

export interface ZipSettings {
  /** Asked at most once, and only when an entry is encrypted; null: there is none. */
  readonly password: () => Promise<string | null>;
  readonly limits?: Partial<ZipLimits>;
}

/**
 * Reads and checks the directory of a zip: limits, names, and that every entry lies where the directory says and
 * nowhere else. Nothing is unpacked. Throws SicError 'file' for an archive that cannot be trusted as a whole.
 */
export async function openZip(input: InputFile, settings: ZipSettings): Promise<ZipArchive> {
  const { label } = input;
  const zip = await zipLibrary();
  const limits = { ...defaultZipLimits, ...settings.limits };
  // A file that is written to meanwhile looks damaged: whatever fails, that is asked first.
  const descriptor = input.open();
  let files: ReadonlyMap<ZipEntry, FileEntry>;
  try {
    files = await readDirectory(zip, readerOver(zip, descriptor, input.size), label, limits);
    descriptor.ensureUnchanged();
  } catch (error) {
    try {
      descriptor.ensureUnchanged();
    } finally {
      descriptor.close();
    }
    throw openProblem(zip, label, error);
  }
  let password: Promise<string | null> | null = null;
  let closed = false;
  return {
    label,
    entries: [...files.keys()],
    unpack: async entry => {
      const file = files.get(entry);
      if (!file || closed) throw new Error(`${label} is closed, or has no such entry`);
      const name = `${label}/${entry.name}`;
      requireKnownMethod(name, file);
      if (!entry.encrypted) return unpackWith([null], name, file);
      password ??= settings.password();
      const secret = await password;
      if (secret === null || secret === '') throw noPassword(name);
      const keys = passwordBytes(secret);
      try {
        return await unpackWith(keys, name, file);
      } finally {
        for (const key of keys) key.fill(0);
      }
    },
    close: async () => {
      password = null;
      if (!closed) descriptor.close();
      closed = true;
    },
  };

  /** Takes the first key that fits; null: the entry is not encrypted. */
  async function unpackWith(
    keys: readonly (Uint8Array | null)[],
    name: string,
    file: FileEntry,
  ): Promise<TemporaryFile> {
    let problem: SicError | null = null;
    for (const key of keys) {
      const copy = temporaryFile(name);
      try {
        await file.getData(sinkOf(copy), { checkCrc32: true, ...(key && { rawPassword: key }) });
        descriptor.ensureUnchanged();
        return copy.finish();
      } catch (error) {
        copy.discard();
        descriptor.ensureUnchanged();
        if (error instanceof SicError) throw error;
        problem ??= entryProblem(zip, name, file, error);
      }
    }
    throw problem ?? new Error('no key was tried');
  }
}

function sinkOf(copy: TemporaryWriter): WritableStream<Uint8Array> {
  return new WritableStream({ write: chunk => copy.write(chunk) });
}

async function readDirectory(
  zip: ZipLibrary,
  reader: Reader<null>,
  label: string,
  limits: ZipLimits,
): Promise<ReadonlyMap<ZipEntry, FileEntry>> {
  const all: FileEntry[] = [];
  const files = new Map<ZipEntry, FileEntry>();
  const names = new Map<string, string>();
  let count = 0;
  // Names are judged here, in our own words.
  const options = { decodeText: decodeName, filenameValidation: 'tolerant' } as const;
  for await (const entry of new zip.ZipReader(reader).getEntriesGenerator(options)) {
    if (++count > limits.entries) throw tooManyEntries(label, limits);
    const name = trustedName(label, entry.filename);
    if (entry.symlink)
      throw refused(
        `${label} is refused: ${shownName(name)} is a symbolic link to another file.`,
        'Pack the file itself instead of a link to it.',
      );
    if (entry.directory) continue;
    all.push(entry);
    if (isDropping(name)) continue;
    const folded = foldedName(name);
    const twin = names.get(folded);
    if (twin !== undefined)
      throw refused(
        twin === name
          ? `${label} is refused: it holds ${shownName(name)} twice.`
          : `${label} is refused: it holds both ${shownName(twin)} and ${shownName(name)}, which are one file on Windows and macOS.`,
        'Pack it again with each file once.',
      );
    names.set(folded, name);
    files.set({ name, size: entry.uncompressedSize, encrypted: entry.encrypted }, entry);
  }
  const kind = officeKind([...names.values()]);
  if (kind)
    throw refused(`${label} looks like ${kind}, not like a zip of data files.`, foreignKindHint(kind, 'CSV'));
  requireWithinLimits(
    label,
    [...files].map(([{ name, size }, file]) => ({ name, packed: file.compressedSize, unpacked: size })),
    limits,
  );
  for (const file of all) await requireOwnPlace(zip, label, file);
  return files;
}

function trustedName(label: string, raw: string): string {
  const judged = entryName(raw);
  if (judged.ok) return judged.name;
  throw refused(
    `${label} is refused: the name ${shownName(raw)} in it ${judged.why}.`,
    'Pack the files again with plain relative names, and ask where the archive comes from.',
  );
}

/** Reads no data: only whether the entry's own header is there, agrees with the directory, and its bytes are nobody else's. */
async function requireOwnPlace(zip: ZipLibrary, label: string, file: FileEntry): Promise<void> {
  try {
    await file.getData(new WritableStream(), { passThrough: true, checkOverlappingEntryOnly: true });
  } catch (error) {
    const judged = entryName(file.filename);
    throw entryProblem(zip, `${label}/${judged.ok ? judged.name : ''}`, file, error);
  }
}

function refused(message: string, hint: string): SicError {
  return new SicError('file', message, { hint });
}
