import { SicError } from '../problems/sic-error.ts';
import type { Principal } from '../superoffice/superoffice.ts';
import { type Check, checksOf } from './check.ts';
import { shown } from './config-checks.ts';
import { faultCheck } from './fault-check.ts';
import type { Subject } from './subject.ts';
import { count, span } from './words.ts';

const { ok, advice, skipped } = checksOf('connection');

const day = 24 * 3_600_000;
/** Renewing a certificate takes people. */
const soon = 30 * day;

/** `end`: the last day of the certificate; null: not known. All in milliseconds since 1970. */
export function tlsCheck(address: URL | null, end: number | null, now: number): Check {
  if (address === null) return ok('TLS', 'The embedded SuperOffice is on this machine and needs none.');
  if (address.protocol === 'http:')
    return ok('TLS', `${shown(address)} is not encrypted, which is allowed on this machine itself.`);
  if (end === null) return ok('TLS', `The certificate of ${address.host} is trusted.`);
  const date = new Date(end).toISOString().slice(0, 10);
  if (end - now > soon) return ok('TLS', `The certificate of ${address.host} is trusted, until ${date}.`);
  return advice(
    'TLS',
    `The certificate of ${address.host} is trusted, but only until ${date}.`,
    'Have it renewed before that day: imports end with exit code 4 from then on.',
  );
}

/** Why nobody was reached or signed in, with the checks that could not be done because of it. */
export function refusedChecks(error: unknown): Check[] {
  if (error instanceof SicError && error.code === 'unreachable')
    return [
      faultCheck('connection', 'address', error),
      skipped('sign-in', 'Nobody was reached to sign in to.'),
    ];
  return [faultCheck('connection', 'sign-in', error)];
}

export function signInCheck({ associate, fullName, isSystemUser }: Principal): Check {
  const who = fullName === '' ? associate : `${associate} (${fullName})`;
  return ok('sign-in', `Signed in as ${who}, ${isSystemUser ? 'a system user' : 'an ordinary user'}.`);
}

/** `netServerVersion`: `11.10.721.0`, '' when SuperOffice does not say. */
export function tenantCheck(tenant: string, netServerVersion: string): Check {
  const [release] = /^\d+\.\d+/.exec(netServerVersion) ?? [];
  return ok('tenant', `${tenant} is running${release === undefined ? '' : `, SuperOffice ${release}`}.`);
}

/** SuperOffice asks custom applications to stay at ten calls a second (reading.md, section 6.5). */
const polite = 10;
/** What a new company takes (README, "What it costs"). */
const requestsPerNewRow = 1.01;

/** `rows`: those of the files; null: none were named. */
export function rateCheck({ rate, address, isEmbedded }: Subject, rows: number | null): Check {
  const { perSecond, atOnce, from } = rate;
  const speed =
    perSecond === 0
      ? `As many requests as SuperOffice answers, ${atOnce} at a time (${from}).`
      : `At most ${count(perSecond, 'request')} a second, ${atOnce} at a time (${from}).`;
  const many = rows ?? 10_000;
  const time =
    perSecond === 0
      ? ''
      : ` ${count(many, 'new row')} would take at least ${span((many * requestsPerNewRow * 1000) / perSecond)}; rows that did not change take next to nothing.`;
  const isOwn = isEmbedded || (address !== null && address.protocol === 'http:');
  if (!isOwn && (perSecond === 0 || perSecond > polite))
    return advice(
      'rate',
      `${speed}${time}`,
      `SuperOffice asks applications to stay at ${polite} requests a second: set "rate" in the profile, or --rate.`,
    );
  return ok('rate', `${speed}${time}`);
}

/** For what was not looked at, because nobody was reached. */
export function notReached(): Check {
  return skipped('tenant', 'Fields, lists and rights were not looked at.');
}
