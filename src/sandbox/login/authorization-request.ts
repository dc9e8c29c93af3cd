import type { CodeChallenge } from './codes.ts';
import {
  closedBecause,
  type LoginParts,
  type LoginRequest,
  leadsToTenant,
  oauthParameters,
} from './request.ts';

/** Where the answer to an authorization goes. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  /** Echoed; null when none was sent. */
  readonly state: string | null;
}

const responseModes = ['query', 'fragment', 'form_post'] as const;
export type ResponseMode = (typeof responseModes)[number];

/** An authorization request without fault. */
export interface AuthorizationRequest {
  readonly returnTo: ReturnAddress;
  readonly challenge: CodeChallenge | null;
  readonly nonce: string | null;
  readonly loginHint: string | null;
}

/** What is wrong with a request. Without `returnTo` nobody may be sent anywhere: the address itself is not trusted. */
export interface AuthorizationFault {
  readonly error: string;
  readonly description: string;
  readonly returnTo: ReturnAddress | null;
}

/** Reads the parameters of section 2.2 of reading.md. */
export function readAuthorizationRequest(
  request: LoginRequest,
  parts: LoginParts,
): AuthorizationRequest | AuthorizationFault {
  const sent = oauthParameters({ ...request, body: undefined });
  const { client_id = '', redirect_uri = '' } = sent;
  const stranger = strangerIn(request, sent.acr_values, parts);
  if (stranger !== undefined)
    return { error: 'invalid_request', description: `There is no tenant '${stranger}'.`, returnTo: null };
  if (client_id !== parts.registration.clientId)
    return {
      error: 'unauthorized_client',
      description: `No application has the client_id '${client_id}'.`,
      returnTo: null,
    };
  if (!parts.registration.allowsRedirect(redirect_uri))
    return {
      error: 'InvalidRedirectUrl',
      description: `The redirect_uri '${redirect_uri}' is not registered. It must be http://127.0.0.1:PORT with a port of four digits or more, without a path or slash behind it.`,
      returnTo: null,
    };
  const mode = responseModes.find(known => known === (sent.response_mode ?? 'query'));
  const returnTo = { redirectUri: redirect_uri, mode: mode ?? 'query', state: sent.state ?? null };
  const closed = closedBecause(parts);
  if (closed !== undefined) return { error: 'temporarily_unavailable', description: closed, returnTo };
  const fault = faultOf(sent, mode);
  if (fault) return { ...fault, returnTo };
  return {
    returnTo,
    challenge: challengeOf(sent),
    nonce: sent.nonce ?? null,
    loginHint: sent.login_hint ?? null,
  };
}

/** A tenant named in the path or by `acr_values=tenant:…` that is not ours. Other values of acr_values are not looked at. */
function strangerIn(
  request: LoginRequest,
  acrValues: string | undefined,
  { tenant }: LoginParts,
): string | undefined {
  if (!leadsToTenant(request, tenant)) return request.parameters.tenant ?? '';
  const asked = /(?:^|\s)tenant:(\S*)/.exec(acrValues ?? '')?.[1];
  return asked === undefined || tenant.isNamed(asked) ? undefined : asked;
}

type Parameters = Readonly<Partial<Record<string, string>>>;

function faultOf(
  { response_type = '', response_mode = '', scope = '', code_challenge, code_challenge_method }: Parameters,
  mode: ResponseMode | undefined,
): Pick<AuthorizationFault, 'error' | 'description'> | undefined {
  if (response_type !== 'code')
    return {
      error: 'unsupported_response_type',
      description: `response_type is '${response_type}'; it must be code.`,
    };
  if (mode === undefined)
    return { error: 'invalid_request', description: `response_mode '${response_mode}' is not known.` };
  if (!scope.split(' ').includes('openid'))
    return { error: 'invalid_scope', description: `scope is '${scope}'; it must hold openid.` };
  if (code_challenge === undefined) return undefined;
  // RFC 7636, section 4.2: a challenge is made of the characters of a verifier and as long.
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(code_challenge))
    return { error: 'invalid_request', description: 'code_challenge must have 43 to 128 characters.' };
  if (methodOf(code_challenge_method) === undefined)
    return {
      error: 'invalid_request',
      description: `code_challenge_method '${code_challenge_method}' is not known; it must be S256 or plain.`,
    };
  return undefined;
}

function challengeOf({ code_challenge, code_challenge_method }: Parameters): CodeChallenge | null {
  const method = methodOf(code_challenge_method);
  return code_challenge === undefined || method === undefined ? null : { value: code_challenge, method };
}

/** `plain` when nothing is said (reading.md, section 2.1), which makes a hashed challenge fail at the exchange. */
function methodOf(asked = 'plain'): CodeChallenge['method'] | undefined {
  return (['S256', 'plain'] as const).find(method => method === asked);
}
