const named = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['apos', "'"],
  ['quot', '"'],
]);

/**
 * The text that references stand for: XML's five and character numbers. `unknown`: the first that stands for nothing, as
 * it is in the file.
 */
export function decodeEntities(text: string): string | { readonly unknown: string } {
  if (!text.includes('&')) return text;
  let unknown: string | null = null;
  const decoded = text.replace(/&([^\s&;]{0,40};?)/g, (reference: string, body: string) => {
    const character = body.endsWith(';') ? (numbered(body) ?? named.get(body.slice(0, -1))) : undefined;
    if (character === undefined) unknown ??= reference;
    return character ?? '';
  });
  return unknown === null ? decoded : { unknown };
}

function numbered(body: string): string | undefined {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));$/.exec(body) ?? [];
  const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal ?? Number.NaN);
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

/** What XML 1.0 calls a character (section 2.2). */
function isCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/**
 * Text as element content. A character that the file's encoding lacks (`has` denies it) is written as its number; one that
 * XML forbids becomes U+FFFD.
 */
export function encodeEntities(text: string, has: (character: string) => boolean): string {
  return text.replace(/[&<>]|[^ -~]/gu, character => {
    const escaped = escapes.get(character);
    if (escaped !== undefined) return escaped;
    const kept = isCharacter(character.codePointAt(0) ?? 0) ? character : '\ufffd';
    return has(kept) ? kept : `&#${kept.codePointAt(0)};`;
  });
}

const escapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\r', '&#13;'],
]);
