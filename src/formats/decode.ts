import type { Problem } from '../problems/problem.ts';
import { openByte } from './encoding-evidence.ts';
import { type Encoding, isSingleByte } from './encoding-names.ts';
import type { TextFormat } from './file-kind.ts';
import { decodeSingleByte, encodeSingleByte } from './single-byte.ts';

/** The text of a record or cell, or why its bytes are no text in the file's encoding. */
export type Decode = (bytes: Uint8Array) => string | Problem;

/** For what the scanner cut: UTF-16 has become UTF-8 there. */
export function decoder(encoding: Encoding, format: TextFormat): Decode {
  if (isSingleByte(encoding))
    return bytes => {
      const text = decodeSingleByte(encoding, bytes);
      const open = text.indexOf('\ufffd');
      return open < 0 ? text : openByte(encoding, bytes, open, format);
    };
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return bytes => {
    try {
      return utf8.decode(bytes);
    } catch {
      return notUtf8;
    }
  };
}

export function encoder(encoding: Encoding): (text: string) => Buffer {
  return text => (isSingleByte(encoding) ? encodeSingleByte(encoding, text) : Buffer.from(text, 'utf8'));
}

const notUtf8: Problem = {
  field: null,
  value: null,
  code: 'bad-encoding',
  message: "The row holds bytes that are not text in the file's encoding.",
  tip: 'Save the file as UTF-8 and run again.',
};
