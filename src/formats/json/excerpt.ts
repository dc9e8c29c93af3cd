const shown = 24;

/** What stands at an index of a text, as evidence: up to the end of its line, or what fits into a sentence of it. */
export function excerpt(text: string, offset: number): string {
  const [line = ''] = text.slice(offset, offset + 4 * shown).split(/[\r\n]/);
  return line.length > shown ? `${line.slice(0, shown)}…` : line.trimEnd();
}
