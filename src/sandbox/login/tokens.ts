import { identityClaims, superOfficeClaims, validity } from './claims.ts';
import { authenticateClient, type Client } from './client-authentication.ts';
import { type Claims, numericDate, signedJwt } from './jwt.ts';
import { answersChallenge } from './pkce.ts';
import {
  closedBecause,
  type LoginHandler,
  type LoginParts,
  type LoginRequest,
  leadsToTenant,
  oauthParameters,
} from './request.ts';
import { TokenRefusal, tokenRefusalAnswer } from './token-refusal.ts';
import { type LoginUser, loginUser } from './users.ts';

/** `POST /login/{common|tenant}/oauth/tokens` (reading.md, sections 2.3 and 2.4). */
export const tokens: LoginHandler = (request, parts) => {
  try {
    return { status: 200, json: granted(request, parts), headers: { 'cache-control': 'no-store' } };
  } catch (error) {
    if (error instanceof TokenRefusal) return tokenRefusalAnswer(error, parts.openPoints);
    throw error;
  }
};

function granted(request: LoginRequest, parts: LoginParts): object {
  if (!leadsToTenant(request, parts.tenant))
    throw new TokenRefusal('invalid_request', `There is no tenant '${request.parameters.tenant}'.`);
  const closed = closedBecause(parts);
  if (closed !== undefined) throw new TokenRefusal('invalid_request', closed);
  const { grant_type = '' } = oauthParameters(request);
  const client = authenticateClient(request, parts.registration);
  if (grant_type === 'authorization_code') return exchangeCode(request, client, parts);
  if (grant_type === 'refresh_token') return refresh(request, client, parts);
  throw new TokenRefusal('unsupported_grant_type', `The grant_type '${grant_type}' is not supported.`);
}

function exchangeCode(request: LoginRequest, client: Client, parts: LoginParts): object {
  const { code = '', redirect_uri, code_verifier } = oauthParameters(request);
  const grant = parts.codes.take(code, request.now);
  if (!grant) throw new TokenRefusal('invalid_grant', 'The code is unknown, was used or is too old.');
  const { challenge, nonce, associateId } = grant;
  if (redirect_uri !== grant.redirectUri)
    throw new TokenRefusal('invalid_grant', 'The redirect_uri is not that of the authorization.');
  if (challenge !== null && (code_verifier === undefined || !answersChallenge(code_verifier, challenge)))
    throw new TokenRefusal('invalid_grant', 'The code_verifier does not belong to the code_challenge.');
  requireSecret(client, challenge !== null, parts);
  const user = presentUser(associateId, parts);
  const refreshToken = parts.refreshTokens.issue({ associateId, isPublicClient: !client.hasSecret });
  return {
    ...accessOf(user, request, parts),
    refresh_token: refreshToken,
    id_token: idToken(user, nonce === null ? {} : { nonce }, request, parts),
  };
}

/** No new refresh token: the old one stays good. */
function refresh(request: LoginRequest, client: Client, parts: LoginParts): object {
  const { refresh_token = '' } = oauthParameters(request);
  const consent = parts.refreshTokens.find(refresh_token);
  if (!consent) throw new TokenRefusal('invalid_grant', 'The refresh_token is unknown or was revoked.');
  requireSecret(client, consent.isPublicClient, parts);
  const user = presentUser(consent.associateId, parts);
  return { ...accessOf(user, request, parts), id_token: idToken(user, {}, request, parts) };
}

function requireSecret(client: Client, usedPkce: boolean, { openPoints }: LoginParts): void {
  if (client.hasSecret || (usedPkce && openPoints.secretOptionalWithPkce)) return;
  throw new TokenRefusal('invalid_client', 'The client_secret is missing.');
}

function presentUser(associateId: number, { database }: LoginParts): LoginUser {
  const user = loginUser(database, associateId);
  if (!user) throw new TokenRefusal('invalid_grant', 'The user can no longer sign in.');
  return user;
}

function accessOf({ associateId }: LoginUser, { now }: LoginRequest, parts: LoginParts): object {
  const { authenticator, lifetimes } = parts;
  return {
    token_type: 'Bearer',
    access_token: authenticator.issueAccessToken(associateId, parts.tenant.name, now),
    expires_in: lifetimes.accessToken,
  };
}

/** `iat` is a string, as in the recorded samples (reading.md, section 2.3). */
function idToken(user: LoginUser, extra: Claims, request: LoginRequest, parts: LoginParts): string {
  const { registration, keys } = parts;
  const system = user.isAdministrator ? { system_token: registration.consentToSystemUser() } : {};
  return signedJwt(
    {
      sub: user.superId,
      ...identityClaims(user, request, parts),
      ...superOfficeClaims(system),
      ...extra,
      iss: request.origin,
      aud: registration.clientId,
      iat: String(numericDate(request.now)),
      ...validity(request.now),
    },
    keys.privateKey('host'),
  );
}
