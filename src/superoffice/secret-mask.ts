/** Shorter ones would blank out ordinary words and thereby give themselves away. */
const shortest = 4;

/** A part of a longer secret that is as good as the whole: a line or an element of a key. */
const longPart = 24;

/**
 * A function that blanks out secrets wherever they stand in a text, also written for an address, a form, a page, JSON or
 * in Base64: servers and debug pages echo requests, and their words end up in reports.
 */
export function secretMask(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets
    .flatMap(secret => [secret, ...partsOf(secret)])
    .filter(secret => secret.length >= shortest)
    .flatMap(spellingsOf);
  // The longest first: a part of it that is a secret too would leave the rest standing.
  const ordered = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return text => ordered.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}

/** The lines of a PEM file and the values in .NET's XML. What encloses them is no secret. */
function partsOf(secret: string): readonly string[] {
  const parts = secret.split(/[\r\n<>]+|\\[rn]/);
  return parts.length === 1 ? [] : parts.filter(part => part.length >= longPart && !part.startsWith('-----'));
}

function spellingsOf(secret: string): readonly string[] {
  const address = encodeURIComponent(secret);
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    address,
    address.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
}
