import { createHash, randomBytes } from 'node:crypto';

/** A secret of one sign-in and what is told of it beforehand (RFC 7636, S256). */
export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function createPkce(): Pkce {
  const verifier = unguessable();
  return { verifier, challenge: challengeOf(verifier) };
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}

/** 43 characters that nobody can guess, for verifiers, states and nonces. */
export function unguessable(): string {
  return randomBytes(32).toString('base64url');
}
