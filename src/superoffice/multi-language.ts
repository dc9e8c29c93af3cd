/**
 * The variants of a multi-language text such as `US:"Customer";NO:"Kunde"` by language code, or null when the text is an
 * ordinary one. Separators may have spaces, trail, or be missing (reading.md, section 5.1).
 */
export function languageVariants(raw: string): ReadonlyMap<string, string> | null {
  const variants = new Map<string, string>();
  const variant = /\s*([A-Z]{2}):"([^"]*)"\s*;?\s*/gy;
  let end = 0;
  for (let found = variant.exec(raw); found; found = variant.exec(raw)) {
    const [, code = '', text = ''] = found;
    variants.set(code, text);
    end = variant.lastIndex;
  }
  return variants.size > 0 && end === raw.length ? variants : null;
}

/** For people: English, else the first language, else the text as it is. */
export function shownName(raw: string): string {
  const variants = languageVariants(raw);
  if (!variants) return raw;
  return variants.get('US') ?? [...variants.values()][0] ?? raw;
}

/** Every text that means this name: the variants, or the text itself. */
export function allNames(raw: string): string[] {
  const variants = languageVariants(raw);
  return variants ? [...new Set(variants.values())] : [raw];
}
