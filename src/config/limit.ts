/** How much is allowed: so many, or so many of a hundred. */
export type Limit =
  | { readonly kind: 'number'; readonly most: number }
  | { readonly kind: 'share'; readonly percent: number };

/** Reads `5` and `10%`; null for anything else. */
export function readLimit(text: string): Limit | null {
  const [, digits, percent] = /^(?:(\d{1,15})|(\d{1,3}(?:\.\d+)?) ?%)$/.exec(text.trim()) ?? [];
  if (digits !== undefined) return { kind: 'number', most: Number(digits) };
  if (percent === undefined || Number(percent) > 100) return null;
  return { kind: 'share', percent: Number(percent) };
}

/** `5,000`, `10 %` */
export function limitText(limit: Limit): string {
  return limit.kind === 'number' ? limit.most.toLocaleString('en') : `${limit.percent} %`;
}

/** As it is typed: `5000`, `10%`. */
export function limitFlagText(limit: Limit): string {
  return limit.kind === 'number' ? String(limit.most) : `${limit.percent}%`;
}

export function isLimit(value: unknown): value is Limit {
  return typeof value === 'object' && value !== null && ('most' in value || 'percent' in value);
}
