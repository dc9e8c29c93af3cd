const longest = 24;

/**
 * What stands at an index of a text, as evidence for people: up to the end of its line, or what fits into a sentence of
 * it. In quotes, unless it has some itself, as most of JSON has.
 */
export function excerpt(text: string, offset: number): string {
  const found = plainExcerpt(text, offset);
  return found.includes('"') ? found : `"${found}"`;
}

/** The same without quotes, for the value of a problem. */
export function plainExcerpt(text: string, offset: number): string {
  const [line = ''] = text.slice(offset, offset + 4 * longest).split(/[\r\n]/);
  if (line.length <= longest) return line.trimEnd();
  // An emoji is two units long: half of one is no text.
  return `${line.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}
