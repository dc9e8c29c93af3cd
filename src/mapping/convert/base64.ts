import { type Conversion, fault } from './conversion.ts';

/** Base64 without the line breaks that some programs put in; checked, but not decoded. */
export function toBase64(cell: string): Conversion<string> {
  const value = cell.replace(/\s+/g, '');
  const wellFormed = value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
  if (wellFormed) return { ok: true, value };
  return fault(
    'not-base64',
    'The content is not Base64.',
    'Encode the file in Base64 (RFC 4648), or leave this column out and name the file instead.',
  );
}
