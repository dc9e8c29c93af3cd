import { type Conversion, fault, shown } from './conversion.ts';

/**
 * A text that fits its field. Every text arrives trimmed, notes too: outer blanks and line breaks come and go with
 * the tools that write files, and each time they did the record would count as changed. Inner line ends become `\n`.
 * Length is counted in UTF-16 units, as SuperOffice's database does (an emoji is two).
 * @param length the longest allowed, or undefined when only SuperOffice knows
 */
export function toText(cell: string, length: number | undefined): Conversion<string> {
  const value = cell.includes('\r') ? cell.replace(/\r\n?/g, '\n') : cell;
  const control = controlCharacter(value, true);
  if (control !== null) return controlFault(value, control);
  if (length !== undefined && value.length > length)
    return fault(
      'too-long',
      `The text has ${value.length} characters; ${length} is the most this field can hold.`,
      'Shorten it: an import never cuts a text.',
    );
  return { ok: true, value };
}

/** A name of a list item, user, country or record: one line, no control characters at all. */
export function toName(cell: string): Conversion<string> {
  const control = controlCharacter(cell, false);
  return control === null ? { ok: true, value: cell } : controlFault(cell, control);
}

/** A user key: at most `length` characters, and never cut, since a cut key finds another record or none. */
export function toKey(cell: string, length: number): Conversion<string> {
  if (cell.length > length)
    return fault(
      'key-too-long',
      `The key ${shown(cell)} has ${cell.length} characters; ${length} is the most SuperOffice can hold.`,
      'Give the record a shorter key: an import never cuts one.',
    );
  // 15000000001 and 15000000002 both become 1,5E+10: two records would be taken for one.
  if (/^\d[.,]\d+E\+\d+$/i.test(cell))
    return fault(
      'damaged-key',
      `The key ${shown(cell)} looks like a long number that a spreadsheet has shortened.`,
      'Format the column as text before it is saved, or export the file again, so that every digit is there.',
    );
  return toName(cell);
}

function controlFault(cell: string, control: number): Conversion<never> {
  const code = control.toString(16).toUpperCase().padStart(4, '0');
  return fault(
    'control-character',
    `${shown(printable(cell))} has a control character (U+${code}).`,
    'Remove it. Several of them mean that the file was read with the wrong encoding.',
  );
}

/** The first control character, C0 or C1; tab and line break pass where the text may have several lines. */
function controlCharacter(text: string, lines: boolean): number | null {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x20 && (code < 0x7f || code > 0x9f)) continue;
    if (lines && (code === 0x09 || code === 0x0a)) continue;
    return code;
  }
  return null;
}

/** A terminal obeys control characters, so a message shows none. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{FFFD}');
}
