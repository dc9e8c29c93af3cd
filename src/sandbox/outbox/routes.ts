import { ok, type Route } from '../http/exchange.ts';
import { sentMails } from './outbox.ts';

/**
 * `GET /v1/Sandbox/Outbox`: not SuperOffice's. What a real tenant would have mailed, so that people who try the
 * integration can look at it. An array of `SentMail`, oldest first.
 */
export const outboxRoutes: readonly Route[] = [
  ['GET', '/v1/Sandbox/Outbox', ({ database }) => ok(sentMails(database))],
];
