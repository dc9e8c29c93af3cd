import { SicError } from '../../problems/sic-error.ts';

/** What an archive may hold at most, so that none fills memory or disk. */
export interface ZipLimits {
  /** Entries, folders among them. */
  readonly entries: number;
  /** Bytes of one file, unpacked. */
  readonly entryBytes: number;
  /** Bytes of all files, unpacked. */
  readonly totalBytes: number;
  /** How many times larger than packed a file may be, when it is larger than `ratioFrom` bytes unpacked. */
  readonly ratio: number;
}

/**
 * CSV of repeated text packs at 50:1 to 200:1, and at nearly 1,000:1 where Excel saved a sheet with a few rows and the
 * separators of a million empty ones. 1,032:1 is the most that deflate reaches, with nothing but one repeated byte.
 */
export const defaultZipLimits: ZipLimits = {
  entries: 10_000,
  entryBytes: 2 * 2 ** 30,
  totalBytes: 8 * 2 ** 30,
  ratio: 1_000,
};

/** In bytes: below it no ratio does harm. */
const ratioFrom = 2 ** 20;

export interface Sizes {
  readonly name: string;
  /** Bytes. */
  readonly packed: number;
  readonly unpacked: number;
}

/** Throws SicError 'file' for an archive above its limits, judged by the sizes that it declares. */
export function requireWithinLimits(label: string, files: readonly Sizes[], limits: ZipLimits): void {
  let total = 0;
  for (const { name, packed, unpacked } of files) {
    if (unpacked > limits.entryBytes)
      throw refused(
        `${label}/${name} has ${inWords(unpacked)} when unpacked; ${inWords(limits.entryBytes)} are allowed for one file.`,
        'Split the file into smaller ones, each with the header line.',
      );
    if (unpacked > ratioFrom && unpacked > packed * limits.ratio)
      throw refused(
        `${label}/${name} would grow from ${inWords(packed)} to ${inWords(unpacked)} when unpacked: more than ${count(limits.ratio)} times, as in an archive made to fill disks.`,
        'Ask where the archive comes from. If the file is right, import it unpacked.',
      );
    total += unpacked;
  }
  if (total > limits.totalBytes)
    throw refused(
      `${label} has ${inWords(total)} when unpacked; ${inWords(limits.totalBytes)} are allowed for one archive.`,
      'Spread its files over several archives.',
    );
}

export function tooManyEntries(label: string, limits: ZipLimits): SicError {
  return refused(
    `${label} holds more than ${count(limits.entries)} files and folders.`,
    'Spread its files over several archives.',
  );
}

function refused(message: string, hint: string): SicError {
  return new SicError('file', message, { hint });
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `3.2 GiB`, `12 bytes`. */
function inWords(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${units[unit]}`;
}
