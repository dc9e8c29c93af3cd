import type { FileEntry } from '@zip.js/zip.js';
import { SicError } from '../../problems/sic-error.ts';
import type { ZipLibrary } from './library.ts';
import { PieceTooLarge } from './reader.ts';

const fetchAgain =
  'It was probably cut off or changed on its way: fetch it again in binary mode, and compare its size with the original.';
const packAgain =
  'Pack the files again as a plain zip: compression method Deflate, encryption AES-256 or ZipCrypto.';

/** Why an archive cannot be opened. A SicError passes unchanged. */
export function openProblem(zip: ZipLibrary, label: string, cause: unknown): SicError {
  if (cause instanceof SicError) return cause;
  const refused = (message: string, hint: string) => new SicError('file', message, { hint, cause });
  if (cause instanceof PieceTooLarge)
    return refused(`${label} is refused: its directory is far too large for what it may hold.`, fetchAgain);
  switch (messageOf(cause)) {
    case zip.ERR_SPLIT_ZIP_FILE:
      return refused(
        `${label} is one part of an archive that was split into several.`,
        'Unpack all its parts together, and pack the files again into one zip.',
      );
    case zip.ERR_ENCRYPTED_CENTRAL_DIRECTORY:
      return refused(
        `The directory of ${label} is encrypted, so its files have no names.`,
        'Pack it again without encrypting the names of the files.',
      );
    case zip.ERR_BAD_FORMAT:
    case zip.ERR_EOCDR_NOT_FOUND:
    case zip.ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND:
      return refused(`${label} is not complete: the directory at the end of a zip is missing.`, fetchAgain);
    default:
      return refused(`${label} is damaged: its directory cannot be read.`, fetchAgain);
  }
}

/** Why an entry cannot be unpacked. `label` is archive and entry. A SicError passes unchanged. */
export function entryProblem(zip: ZipLibrary, label: string, entry: FileEntry, cause: unknown): SicError {
  if (cause instanceof SicError) return cause;
  const refused = (message: string, hint: string) => new SicError('file', message, { hint, cause });
  switch (messageOf(cause)) {
    case zip.ERR_INVALID_PASSWORD:
      return refused(
        `The password does not open ${label}.`,
        'Check the password with whoever packed the file: small and capital letters count, and so does a space at its end.',
      );
    case zip.ERR_OVERLAPPING_ENTRY:
      return refused(
        `${label} is refused: its bytes overlap those of another entry, as in an archive made to fill disks.`,
        'Ask where the archive comes from. If the file is right, import it unpacked.',
      );
    case zip.ERR_INVALID_UNCOMPRESSED_SIZE:
      return entry.zipCrypto
        ? garbled(label, cause)
        : refused(`${label} is damaged: it is not as long as the archive says.`, fetchAgain);
    case zip.ERR_INVALID_CRC32:
    case zip.ERR_INVALID_COMPRESSED_DATA:
      return entry.zipCrypto
        ? garbled(label, cause)
        : refused(`${label} is damaged: what it unpacks to is not what was packed.`, fetchAgain);
    case zip.ERR_INVALID_AUTHENTICATION_CODE:
      return refused(`${label} is damaged: it was changed after it was encrypted.`, fetchAgain);
    case zip.ERR_UNSUPPORTED_ENCRYPTION:
      return refused(`${label} is encrypted in a way that sic cannot read.`, packAgain);
    case zip.ERR_UNSUPPORTED_COMPRESSION:
      return refused(`${label} is packed in a way that sic cannot read.`, packAgain);
    default:
      return refused(`${label} is damaged: the archive does not hold it where it says.`, fetchAgain);
  }
}

/** One wrong password in 256 passes ZipCrypto's check, and yields garbage. */
function garbled(label: string, cause: unknown): SicError {
  return new SicError(
    'file',
    `${label} cannot be decrypted: the password is wrong, or the file is damaged.`,
    {
      hint: `Check the password first. If it is right: ${fetchAgain}`,
      cause,
    },
  );
}

/** Throws SicError 'file' for a compression method that is not read. */
export function requireKnownMethod(label: string, entry: FileEntry): void {
  const { compressionMethod: method } = entry;
  if (known.includes(method)) return;
  throw new SicError(
    'file',
    `${label} is packed with ${methods[method] ?? `method ${method}`}, which sic cannot read.`,
    { hint: packAgain },
  );
}

/**
 * Store and Deflate. Not Deflate64, though zip.js knows it: it can make 260,000 bytes of one, and zip.js all of them before
 * anyone can say stop. Windows takes it for files above 2 GiB alone.
 */
const known: readonly number[] = [0, 8];

/** APPNOTE.TXT, section 4.4.5. */
const methods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};

export function noPassword(label: string): SicError {
  return new SicError('file', `${label} is encrypted, and no password is set.`, {
    hint: 'Set the environment variable SIC_ZIP_PASSWORD, or "zip": { "password": … } in the config.',
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
