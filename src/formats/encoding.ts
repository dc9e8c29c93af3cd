import { SicError } from '../problems/sic-error.ts';
import { type Encoding, encodingTitle, isWide } from './encoding-names.ts';
import { foreignKind, foreignKindHint, type TextFormat } from './file-kind.ts';

export interface Judgement {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark; 0 when there is none. */
  readonly mark: number;
  readonly format: TextFormat;
  /** The file's own text names the encoding. */
  readonly declared: boolean;
  readonly warnings: readonly string[];
}

/** How many of a file's first bytes `judgeEncoding` wants to see. */
export const headSize = 65536;

/**
 * What a file is written in, by the evidence of its first bytes. A byte order mark is stronger than the config's
 * setting; the setting is stronger than everything else. Throws SicError 'file' for what is no text.
 */
export function judgeEncoding(
  head: Buffer,
  setting: Encoding | null,
  label: string,
  format: TextFormat,
): Judgement {
  const kind = foreignKind(head, format);
  if (kind)
    throw notText(label, `looks like ${kind}, not like ${format} text`, foreignKindHint(kind, format));
  const judged = (encoding: Encoding, mark = 0, warnings: readonly string[] = []): Judgement => ({
    encoding,
    mark,
    format,
    declared: false,
    warnings,
  });
  const marked = byMark(head);
  if (marked) {
    const [encoding, mark] = marked;
    const contradicted = setting !== null && setting !== encoding;
    const warning =
      `${label} begins with the byte order mark of ${encodingTitle(encoding)}, so it is read as that, ` +
      `not as ${setting} as configured.`;
    return judged(encoding, mark, contradicted ? [warning] : []);
  }
  const wide = byZeroBytes(head);
  if (setting !== null && isWide(setting)) {
    if (head.length > 0 && wide === null)
      throw notText(
        label,
        `is set to ${setting}, but its first bytes have no zero bytes where ${encodingTitle(setting)} has them`,
        'Remove "encoding" from the mapping: sic tells UTF-8 and UTF-16 by itself.',
      );
    return judged(setting);
  }
  if (wide) return judged(wide);
  if (mostlyControls(head))
    throw notText(label, 'holds binary data, not text', `Export the data as ${format} text.`);
  return judged(setting ?? 'utf-8');
}

function byMark(head: Buffer): readonly [Encoding, number] | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return ['utf-8', 3];
  if (head[0] === 0xff && head[1] === 0xfe) return ['utf-16le', 2];
  if (head[0] === 0xfe && head[1] === 0xff) return ['utf-16be', 2];
  return null;
}

/** UTF-16 without a mark: Western text has a zero in every other byte. */
function byZeroBytes(head: Buffer): Encoding | null {
  const pairs = Math.min(head.length, 4096) >> 1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  if (pairs === 0) return null;
  if (odd > pairs * 0.5 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.5 && odd < pairs * 0.05) return 'utf-16be';
  return null;
}

function mostlyControls(head: Buffer): boolean {
  const sample = head.subarray(0, 4096);
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 0x1a)) controls++;
  return controls > sample.length * 0.05;
}

function notText(label: string, what: string, hint: string): SicError {
  return new SicError('file', `${label} ${what}.`, { hint });
}
