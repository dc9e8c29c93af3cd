/** An argument as it can be pasted into a shell. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=,~\\-]+$/.test(word) ? word : `"${word.replace(/(["$`])/g, '\\$1')}"`;
}
