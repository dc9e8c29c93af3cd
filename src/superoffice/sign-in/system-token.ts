import { type KeyObject, sign } from 'node:crypto';

/**
 * The system user token with the time (UTC, to the minute) and a signature over both, as the exchange for a ticket wants
 * it (reading.md, section 3.1). `now`: milliseconds since 1970.
 */
export function signSystemToken(systemUserToken: string, key: KeyObject, now: number): string {
  const minute = new Date(now).toISOString().replace(/[-:T]/g, '').slice(0, 12);
  const data = `${systemUserToken}.${minute}`;
  return `${data}.${sign('sha256', Buffer.from(data, 'utf8'), key).toString('base64')}`;
}
