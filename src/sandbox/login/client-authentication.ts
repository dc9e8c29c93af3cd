import type { Registration } from './registration.ts';
import { type LoginRequest, oauthParameters } from './request.ts';
import { TokenRefusal } from './token-refusal.ts';

/** Who asks for tokens: by parameters (`client_secret_post`) or by a Basic header (`client_secret_basic`). */
export interface Client {
  /** The secret was sent and is right. false: none was sent. */
  readonly hasSecret: boolean;
}

/** Throws TokenRefusal `invalid_client` for an unknown client and for a secret that is wrong. */
export function authenticateClient(request: LoginRequest, registration: Registration): Client {
  const { id, secret } = fromHeader(request.headers.authorization) ?? fromParameters(request);
  if (id !== registration.clientId)
    throw new TokenRefusal('invalid_client', `No application has the client_id '${id}'.`);
  if (secret !== undefined && secret !== registration.clientSecret)
    throw new TokenRefusal('invalid_client', 'The client_secret is wrong.');
  return { hasSecret: secret !== undefined };
}

interface Credentials {
  readonly id: string;
  readonly secret: string | undefined;
}

function fromParameters(request: LoginRequest): Credentials {
  const { client_id = '', client_secret } = oauthParameters(request);
  return { id: client_id, secret: client_secret };
}

/** RFC 6749, section 2.3.1: both halves are form-encoded before they are joined. */
function fromHeader(authorization: string | undefined): Credentials | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { id: formDecoded(id), secret: formDecoded(secret.join(':')) };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';
}
