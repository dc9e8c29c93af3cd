import { createHash } from 'node:crypto';
import type { CodeChallenge } from './codes.ts';

/** RFC 7636, section 4.6; the alphabet and the length of a verifier are part of it. */
export function answersChallenge(verifier: string, { value, method }: CodeChallenge): boolean {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return (
    value === (method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url'))
  );
}
