/** Norwegian and Danish order, which has Æ, Ø and Å at the end; Swedish differs in little. 9 comes before 10 in it. */
const alphabet = new Intl.Collator('nb', { numeric: true });

/**
 * Which text comes first, for rows that are sorted and for criteria such as `Name>=M`: numbers by what they are worth, then
 * everything else by the alphabet. 0 for equal texts alone.
 */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const [numberA, numberB] = [plainNumber(a), plainNumber(b)];
  if (numberA !== null && numberB !== null && numberA !== numberB) return numberA - numberB;
  if ((numberA === null) !== (numberB === null)) return numberA === null ? 1 : -1;
  return alphabet.compare(a, b) || compareCodes(a, b);
}

/** Days, moments and whatever else has one form: by the codes of the letters. */
export function compareCodes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function plainNumber(text: string): number | null {
  return /^[+-]?\d{1,15}(?:[.,]\d{1,9})?$/.test(text) ? Number(text.replace(',', '.')) : null;
}
