import { createPublicKey } from 'node:crypto';
import { ok } from '../http/exchange.ts';
import type { LoginHandler } from './request.ts';
import { thumbprint } from './rsa.ts';

/** `GET /login/.well-known/openid-configuration` (reading.md, section 2). The sandbox itself answers the code flow only. */
export const openidConfiguration: LoginHandler = ({ origin }) =>
  ok({
    issuer: origin,
    authorization_endpoint: `${origin}/login/common/oauth/authorize`,
    token_endpoint: `${origin}/login/common/oauth/tokens`,
    jwks_uri: `${origin}/login/.well-known/jwks`,
    scopes_supported: ['openid'],
    response_modes_supported: ['form_post', 'fragment', 'query'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'token id_token', 'token'],
    grant_types_supported: ['implicit', 'authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    code_challenge_methods_supported: ['plain', 'S256'],
  });

/** `GET /login/.well-known/jwks`: the key that the login host signs with. */
export const jsonWebKeys: LoginHandler = (_, { keys }) => {
  const key = keys.privateKey('host');
  const { n, e } = createPublicKey(key).export({ format: 'jwk' });
  const name = thumbprint(key);
  return ok({ keys: [{ kty: 'RSA', use: 'sig', kid: name, x5t: name, n, e }] });
};
