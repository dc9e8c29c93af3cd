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

/** One way in which a text may mean an item: in this form it is one of its names. */
export interface Reading<T> {
  readonly form: (text: string) => string;
  readonly namesOf: (item: T) => readonly string[];
}

/**
 * Answers which items a text means, by the first of these readings in which it means any; nothing for a blank text. Made
 * once for all the rows that ask: to read every name anew for each of them takes longer than all the rest.
 */
export function finderOf<T>(
  items: readonly T[],
  readings: readonly Reading<T>[],
): (text: string) => readonly T[] {
  const indexes = readings.map(({ form, namesOf }) => {
    const called = new Map<string, T[]>();
    for (const item of items)
      for (const name of new Set(namesOf(item).map(form))) {
        const others = called.get(name);
        if (others) others.push(item);
        else called.set(name, [item]);
      }
    return { form, called };
  });
  return text => {
    if (sameForm(text) === '') return [];
    for (const { form, called } of indexes) {
      const fitting = called.get(form(text));
      if (fitting) return fitting;
    }
    return [];
  };
}
