import { type KeyObject, verify } from 'node:crypto';
import { SicError } from '../../problems/sic-error.ts';
import { isObject, type JsonObject, textOf, toNumber } from '../json.ts';
import { type Clocks, clockTolerance, refuseWrongClock } from './clock.ts';
import type { PublishedKeys } from './jwks.ts';

/** What a token says once its signature and its terms are found good. */
export type Claims = JsonObject;

/** What SuperOffice puts before the names of its own claims (reading.md, section 2.5). */
const claimPrefix = 'http://schemes.superoffice.net/identity/';

/** One of SuperOffice's own claims (`ctx`, `ticket`), with or without their prefix; '' when it is absent. */
export function superOfficeClaim(claims: Claims, name: string): string {
  return textOf(claims, claimPrefix + name) || textOf(claims, name);
}

export interface JwtTerms {
  readonly issuer: string;
  /** Given the claims, because a system user's token names the database in its audience (reading.md, section 3.3). */
  readonly audience: (claims: Claims) => string;
  /** What was sent along with the sign-in; null: nothing was. */
  readonly nonce: string | null;
  readonly clocks: Clocks;
  /** For messages: the login host. */
  readonly host: string;
}

/**
 * Checks a token and answers its claims: RS256 by one of the published keys, issuer, audience, nonce, and its time within
 * five minutes. Throws SicError 'sign-in' that names what is wrong with it and never the token; 'unreachable' when the
 * keys cannot be read.
 */
export async function verifyJwt(token: string, keys: PublishedKeys, terms: JwtTerms): Promise<Claims> {
  const { host } = terms;
  const { header, claims, signed, signature } = read(token, host);
  const algorithm = textOf(header, 'alg');
  // Only the one that SuperOffice announces: "none" needs no key, and HS256 would take a public key for a secret.
  if (algorithm !== 'RS256') throw forged(host, `it is signed with "${algorithm}" instead of RS256`);
  const fits = (key: KeyObject) => verify('sha256', signed, key, signature);
  if (!(await keys.some([textOf(header, 'kid'), textOf(header, 'x5t')], fits)))
    throw forged(host, 'none of the published keys has signed it');
  checkTerms(claims, terms);
  return claims;
}

interface Parts {
  readonly header: JsonObject;
  readonly claims: Claims;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

function read(token: string, host: string): Parts {
  const [header = '', claims = '', signature = '', ...more] = token.split('.');
  const parts = { header: jsonOf(header), claims: jsonOf(claims) };
  if (!isObject(parts.header) || !isObject(parts.claims) || more.length > 0)
    throw new SicError('sign-in', `${host} answered with something that is no token.`, {
      hint: 'Run the same command again; if it stays so, something stands between here and SuperOffice.',
    });
  return {
    header: parts.header,
    claims: parts.claims,
    signed: Buffer.from(`${header}.${claims}`, 'ascii'),
    signature: Buffer.from(signature, 'base64url'),
  };
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function checkTerms(claims: Claims, { issuer, audience, nonce, clocks, host }: JwtTerms): void {
  if (textOf(claims, 'iss') !== issuer)
    throw forged(host, `it was issued by "${textOf(claims, 'iss')}" instead of "${issuer}"`);
  const wanted = audience(claims);
  const { aud } = claims;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (wanted === '' || !audiences.includes(wanted))
    throw forged(host, 'it is meant for another application or database');
  if (nonce !== null && textOf(claims, 'nonce') !== nonce)
    throw forged(host, 'it belongs to another sign-in (its nonce is not the one that was sent)');
  checkTime(claims, clocks, host);
}

/** Seconds since 1970; SuperOffice writes some of them as text. */
function checkTime(claims: Claims, clocks: Clocks, host: string): void {
  // First, because with a wrong clock the time of no token means anything.
  refuseWrongClock(clocks, host);
  const expires = toNumber(claims.exp);
  const begins = toNumber(claims.nbf) ?? toNumber(claims.iat);
  if (expires === null) throw forged(host, 'it does not say how long it is valid');
  const hint = 'Run the same command again; if it stays so, check the clock of this machine.';
  if (clocks.local > expires * 1000 + clockTolerance)
    throw new SicError(
      'sign-in',
      `The token that ${host} answered with expired at ${moment(expires)}, and it is ${moment(clocks.local / 1000)} here.`,
      { hint },
    );
  if (begins !== null && clocks.local < begins * 1000 - clockTolerance)
    throw new SicError(
      'sign-in',
      `The token that ${host} answered with is not valid before ${moment(begins)}, and it is ${moment(clocks.local / 1000)} here.`,
      { hint },
    );
}

function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'an impossible time' : `${date.toISOString().slice(0, 19)}Z`;
}

function forged(host: string, why: string): SicError {
  return new SicError('sign-in', `The token that came as the answer of ${host} cannot be trusted: ${why}.`, {
    hint: 'Check "login", "environment" and "clientId" of the profile, and whether a proxy stands in between. Nothing was sent with this token.',
  });
}
