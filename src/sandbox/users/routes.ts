import type { Authenticator } from '../auth/authenticator.ts';
import { ok, type Route } from '../http/exchange.ts';
import { currentAssociate, principal } from './principal.ts';

/** What a user may ask about itself (reading.md, section 13.2). */
export function userRoutes(authenticator: Authenticator, tenant: string): readonly Route[] {
  return [
    ['GET', '/v1/User/currentPrincipal', exchange => ok(principal(exchange, tenant))],
    ['GET', '/v1/User/currentAssociate', exchange => ok(currentAssociate(exchange))],
    ['GET', '/v1/User/currentToken', ({ user, now }) => ok(authenticator.issueTicket(user, now))],
  ];
}
