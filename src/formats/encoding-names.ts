import { didYouMean } from '../problems/did-you-mean.ts';
import { SicError } from '../problems/sic-error.ts';
import type { SingleByteEncoding } from './single-byte.ts';

export type WideEncoding = 'utf-16le' | 'utf-16be';
export type Encoding = 'utf-8' | WideEncoding | SingleByteEncoding;

const encodings: readonly Encoding[] = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
  'macintosh',
  'ibm850',
  'ibm865',
];

const aliases: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  ascii: 'utf-8', // all of it is UTF-8 too
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16le', // a byte order mark corrects it
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  cp1252: 'windows-1252',
  windows1252: 'windows-1252',
  ansi: 'windows-1252',
  latin1: 'iso-8859-1',
  'iso8859-1': 'iso-8859-1',
  latin9: 'iso-8859-15',
  'iso8859-15': 'iso-8859-15',
  mac: 'macintosh',
  macroman: 'macintosh',
  cp850: 'ibm850',
  cp865: 'ibm865',
};

/** The encoding a config names, in any letter case. Throws SicError 'config' for an unknown name. */
export function encodingByName(name: string): Encoding {
  const wanted = name.trim().toLowerCase();
  const found = encodings.find(encoding => encoding === wanted) ?? aliases[wanted];
  if (found) return found;
  const near = didYouMean(wanted, [...encodings, ...Object.keys(aliases)]);
  throw new SicError('config', `The encoding "${name}" is not known.`, {
    hint: `${near ? `Did you mean "${near}"? ` : ''}Known are ${encodings.join(', ')}.`,
  });
}

export function isWide(encoding: Encoding): encoding is WideEncoding {
  return encoding === 'utf-16le' || encoding === 'utf-16be';
}

export function isSingleByte(encoding: Encoding): encoding is SingleByteEncoding {
  return encoding !== 'utf-8' && !isWide(encoding);
}

/** As people write it: "UTF-8", "Windows-1252", "IBM850". */
export function encodingTitle(encoding: Encoding): string {
  if (encoding.startsWith('w')) return 'Windows-1252';
  return encoding === 'macintosh' ? 'Macintosh' : encoding.toUpperCase();
}
