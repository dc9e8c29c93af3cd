import type { Answer } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import { identityClaims, superOfficeClaims, validity } from './claims.ts';
import { signedJwt } from './jwt.ts';
import { closedBecause, type LoginHandler, type LoginParts, type LoginRequest } from './request.ts';
import { isSignedBy, parseSignedToken, signedAt } from './signed-token.ts';
import { systemUser } from './users.ts';

/**
 * `POST /Login/api/PartnerSystemUser/Authenticate`: a signed system user token for a JWT that carries a ticket (reading.md,
 * section 3.2). Refusals are told in `ErrorMessage`.
 */
export const authenticateSystemUser: LoginHandler = (request, parts) => {
  const refusal = refusalOf(request, parts);
  if (refusal !== undefined)
    return answer(parts.openPoints.systemUserRefusalStatus, {
      IsSuccessful: false,
      Token: null,
      ErrorMessage: refusal,
    });
  return answer(200, { IsSuccessful: true, Token: issueToken(request, parts), ErrorMessage: null });
};

/** The words of a refusal; undefined for a request that may sign in. */
function refusalOf({ body, now }: LoginRequest, parts: LoginParts): string | undefined {
  const { tenant, registration, keys, openPoints } = parts;
  const field = (name: string): string => String(pick(body, name) ?? '');
  const type = field('ReturnTokenType');
  if (type.toLowerCase() !== 'jwt')
    return `ReturnTokenType is '${type}': this host issues tokens of type JWT only.`;
  if (!tenant.isNamed(field('ContextIdentifier')))
    return `There is no tenant '${field('ContextIdentifier')}'.`;
  if (field('ApplicationToken') !== registration.clientSecret)
    return 'The ApplicationToken is not the client secret of a registered application.';
  const signed = parseSignedToken(field('SignedSystemToken'));
  if (!signed) return 'The SignedSystemToken is not of the form token.YYYYMMDDHHmm.signature.';
  if (!isSignedBy(signed, keys.privateKey('application')))
    return 'InvalidSignature: the SignedSystemToken was not signed with the private key of the application.';
  if (signed.token !== registration.systemUserToken)
    return `The system user token does not belong to tenant '${tenant.name}'.`;
  if (registration.isSystemUserRevoked) return 'Revoked: the system user token was revoked by the tenant.';
  // A comparison with NaN is false: a timestamp that is no moment is refused too.
  const isNear = Math.abs(now.getTime() - signedAt(signed)) <= openPoints.timestampTolerance * 1000;
  if (!isNear)
    return `InvalidTimestamp: the timestamp ${signed.timestamp} is too far from ${now.toISOString()}.`;
  return closedBecause(parts);
}

function issueToken(request: LoginRequest, parts: LoginParts): string {
  const { authenticator, database, registration, keys } = parts;
  const user = systemUser(database);
  const ticket = authenticator.issueOnlineTicket(user.associateId, registration.clientSecret, request.now);
  return signedJwt(
    {
      ...identityClaims(user, request, parts),
      ...superOfficeClaims({ ticket }),
      iss: 'SuperOffice AS',
      aud: `spn:${database.serial}`,
      ...validity(request.now),
    },
    keys.privateKey('host'),
  );
}

function answer(status: number, json: object): Answer {
  return { status, json, headers: { 'cache-control': 'no-store' } };
}
