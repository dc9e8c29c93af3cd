/** What a text from a file was found to mean. */
export type Match<T> =
  | { readonly kind: 'one'; readonly item: T }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly items: readonly T[] };

/** Items that a spelling fits; several only when they really are different items. */
export function matchOf<T>(items: readonly T[]): Match<T> {
  const [first, ...others] = new Set(items);
  if (first === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', item: first } : { kind: 'several', items: [first, ...others] };
}

/** One Unicode form and single spaces, so that look-alike texts compare equal. Letter case stays. */
export function sameForm(text: string): string {
  return text.trim().replace(/\s+/g, ' ').normalize('NFC');
}

export function ignoringCase(text: string): string {
  return sameForm(text).toLowerCase();
}
