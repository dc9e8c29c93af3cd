import type { Answer } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import type { LoginHandler, LoginParts, LoginRequest } from './request.ts';
import { refuse, sendBack } from './return-to.ts';
import { signInPage } from './sign-in-page.ts';
import { type LoginUser, loginUsers, namedUser } from './users.ts';

/**
 * `GET /login/{common|tenant}/oauth/authorize` shows the sign-in page. With `sandbox_consent=yes` (or `no`) beside
 * `login_hint` the user is taken to have answered it: a parameter of the sandbox's own, so that tests need no browser.
 */
export const authorize: LoginHandler = (request, parts) => {
  const asked = readAuthorizationRequest(request, parts);
  if ('error' in asked) return refuse(asked, parts.openPoints);
  const user = asked.loginHint === null ? undefined : namedUser(parts.database, asked.loginHint);
  const consent = request.query.get('sandbox_consent');
  if (consent === null) return signInPage(parts.tenant.name, loginUsers(parts.database), user);
  return answered(consent, user, asked, request, parts);
};

/** `POST` to the same address: what the user answered on the page. */
export const signIn: LoginHandler = (request, parts) => {
  const asked = readAuthorizationRequest(request, parts);
  if ('error' in asked) return refuse(asked, parts.openPoints);
  const user = namedUser(parts.database, String(pick(request.body, 'user') ?? ''));
  return answered(String(pick(request.body, 'consent') ?? ''), user, asked, request, parts);
};

function answered(
  consent: string,
  user: LoginUser | undefined,
  { returnTo, challenge, nonce }: AuthorizationRequest,
  { now }: LoginRequest,
  { codes, openPoints }: LoginParts,
): Answer {
  if (consent !== 'yes' || !user) {
    const description = user ? 'The user did not consent.' : 'Nobody of that name can sign in.';
    return refuse({ error: 'access_denied', description, returnTo }, openPoints);
  }
  const { associateId } = user;
  const { redirectUri } = returnTo;
  return sendBack(returnTo, { code: codes.issue({ associateId, redirectUri, challenge, nonce }, now) });
}
