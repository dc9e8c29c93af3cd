/** ISO language → the legacy code that raw texts use (reading.md, section 5.1). */
const legacyCodes: Readonly<Record<string, string>> = {
  en: 'US',
  nb: 'NO',
  nn: 'NO',
  no: 'NO',
  sv: 'SW',
  da: 'DA',
  de: 'GE',
  nl: 'NL',
  fr: 'FR',
  es: 'SP',
  it: 'IT',
  fi: 'FI',
  pl: 'PL',
  cs: 'CZ',
  ru: 'RU',
  ja: 'JP',
  zh: 'CN',
};

const variant = /\s*([A-Z]{2}):"([^"]*)"\s*;?/gy;

/**
 * Texts by legacy code of a raw multi-language value such as `NO:"Kunde";US:"Customer"`: separators with or
 * without spaces, a trailing one, or none at all. Null when the value is a plain text.
 */
export function variantsOf(raw: string): ReadonlyMap<string, string> | null {
  if (raw[2] !== ':' && !raw.includes(':"')) return null;
  const variants = new Map<string, string>();
  variant.lastIndex = 0;
  let end = 0;
  for (let match = variant.exec(raw); match; match = variant.exec(raw)) {
    variants.set(match[1] ?? '', match[2] ?? '');
    end = variant.lastIndex;
  }
  return variants.size > 0 && raw.slice(end).trim() === '' ? variants : null;
}

/**
 * The text in one language; `language` is an ISO tag (`da`, `en-GB`), null hands the raw value on.
 * A language that the value does not have gives its English text, else its first.
 */
export function translate(raw: string, language: string | null): string {
  if (language === null) return raw;
  const variants = variantsOf(raw);
  if (variants === null) return raw;
  const wanted = legacyCodes[language.trim().slice(0, 2).toLowerCase()] ?? 'US';
  return variants.get(wanted) ?? variants.get('US') ?? [...variants.values()][0] ?? raw;
}
