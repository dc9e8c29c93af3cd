/** Whatever a file cannot say: control characters but the tab, halves of characters, and what XML forbids. */
const unsayable = /(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** Most texts: nothing in them is unsayable. Quicker to see than that. */
const plain = /^[\t\n -~\u00a0-\ud7ff\ue000-\ufffd]*$/;

/** Line breaks of other systems: CR LF, CR, those of word processors, and NEL. */
const lineBreak = /\r\n?|[\v\f\u0085]/g;

/**
 * A text as every file can say it, and as an import reads it: trimmed, lines ended by LF, a blank in place of each other
 * control character, U+FFFD for what is no character. So that the file formats agree on what SuperOffice holds.
 */
export function fileText(text: string): string {
  if (plain.test(text) || !unsayable.test(text)) return text.trim();
  return text
    .replace(lineBreak, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, ' ')
    .replace(/\p{Cs}|[\ufffe\uffff]/gu, '\ufffd')
    .trim();
}

/** The same for what has one line: the name of a list item, a user or a record. */
export function fileLine(text: string): string {
  return fileText(text).replace(/\s+/g, ' ');
}
