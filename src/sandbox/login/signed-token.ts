import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A signed system user token, taken apart (reading.md, section 3.1). */
export interface SignedToken {
  readonly token: string;
  /** As signed: `YYYYMMDDHHmm`, UTC. */
  readonly timestamp: string;
  /** Standard Base64. */
  readonly signature: string;
}

/** Standard Base64 with its padding; base64url is refused (reading.md, section 3.1). */
const base64 = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?';
const form = new RegExp(String.raw`^(.+)\.(\d{12})\.(${base64})$`, 's');

/** undefined for what has another form. The name of an application may hold dots and spaces, so it is read from the end. */
export function parseSignedToken(text: string): SignedToken | undefined {
  const [, token, timestamp, signature] = form.exec(text) ?? [];
  if (token === undefined || timestamp === undefined || signature === undefined) return undefined;
  return { token, timestamp, signature };
}

/** RSASSA-PKCS1-v1_5 with SHA-256 over `token.timestamp`. */
export function isSignedBy({ token, timestamp, signature }: SignedToken, key: KeyObject): boolean {
  const data = Buffer.from(`${token}.${timestamp}`, 'utf8');
  return verify('sha256', data, createPublicKey(key), Buffer.from(signature, 'base64'));
}

/** Milliseconds since 1970; NaN for a month 13. */
export function signedAt({ timestamp }: SignedToken): number {
  return Date.parse(timestamp.replace(/^(....)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:00Z'));
}
