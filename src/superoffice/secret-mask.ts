/** Shorter ones would blank out ordinary words and thereby give themselves away. */
const shortest = 4;

/**
 * A function that blanks out secrets wherever they stand in a text, also written for an address or for JSON: servers and
 * debug pages echo requests, and their words end up in reports.
 */
export function secretMask(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets
    .filter(secret => secret.length >= shortest)
    .flatMap(secret => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  // The longest first: a part of it that is a secret too would leave the rest standing.
  const ordered = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return text => ordered.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
