/**
 * A function that blanks out a credential wherever it stands in a text: the whole header value, the part behind the
 * scheme, and for Basic the password itself. Servers and debug pages echo requests, and their words end up in reports.
 */
export function secretMask(authorization: string): (text: string) => string {
  const credential = authorization.slice(authorization.indexOf(' ') + 1);
  const password = basicCredentials(authorization)?.password ?? '';
  // A very short password would blank out ordinary words and thereby give itself away.
  const secrets = [authorization, credential, ...(password.length >= 4 ? [password] : [])].filter(
    secret => secret !== '',
  );
  return text => secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}

/** User name and password of a Basic header value, or null for another scheme. */
export function basicCredentials(authorization: string): { user: string; password: string } | null {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? null : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
