import type { RouteTo } from '../http/exchange.ts';
import { authorize, signIn } from './authorize.ts';
import { jsonWebKeys, openidConfiguration } from './metadata.ts';
import type { LoginHandler } from './request.ts';
import { tenantState } from './state.ts';
import { authenticateSystemUser } from './system-user.ts';
import { tokens } from './tokens.ts';

/** Everything that the login host answers, from the root of the host. `{tenant}` may be `common` in the paths of OAuth. */
export const loginRoutes: readonly RouteTo<LoginHandler>[] = [
  ['GET', '/api/state/{tenant}', tenantState],
  ['POST', '/Login/api/PartnerSystemUser/Authenticate', authenticateSystemUser],
  ['GET', '/login/.well-known/openid-configuration', openidConfiguration],
  ['GET', '/login/.well-known/jwks', jsonWebKeys],
  ['GET', '/login/{tenant}/oauth/authorize', authorize],
  ['POST', '/login/{tenant}/oauth/authorize', signIn],
  ['POST', '/login/{tenant}/oauth/tokens', tokens],
];
