import { type KeyObject, sign } from 'node:crypto';
import { thumbprint } from './rsa.ts';

export type Claims = Readonly<Record<string, string | number>>;

/** A JWT under RS256. Its header names the key by `x5t` and has no `kid`, as SuperOffice's (reading.md, section 2.5). */
export function signedJwt(claims: Claims, key: KeyObject): string {
  const header = { typ: 'JWT', alg: 'RS256', x5t: thumbprint(key) };
  const data = `${encoded(header)}.${encoded(claims)}`;
  return `${data}.${sign('sha256', Buffer.from(data), key).toString('base64url')}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** Seconds since 1970, as JWTs count. */
export function numericDate(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
