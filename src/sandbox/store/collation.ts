/**
 * Texts compare without regard to case, as the usual database collation does; the documents leave it open
 * (reading.md, section 8), so clients must compare keys themselves.
 */
const comparesCase = false;

/** Two texts are equal for the database when their folded forms are. */
export function fold(text: string): string {
  return comparesCase ? text : text.toLowerCase();
}
