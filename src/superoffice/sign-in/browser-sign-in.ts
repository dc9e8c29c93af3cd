import type { Timing } from '../timing.ts';
import { listenForRedirect } from './loopback.ts';
import { authorizeUrl, exchangeCode, type OAuthClient, type OAuthTokens } from './oauth.ts';
import { createPkce, unguessable } from './pkce.ts';

export interface BrowserSignIn {
  readonly client: OAuthClient;
  /** Where the browser comes back to on this machine; 0: any free port. */
  readonly port: number;
  /** How long to wait for the person. Milliseconds. */
  readonly timeout: number;
  readonly timing: Timing;
  readonly signal: AbortSignal;
  /** Opens the address in a browser or shows it. Is not waited for. */
  readonly visit: (address: string) => void;
}

/**
 * Signs a person in: the browser goes to SuperOffice and comes back to a port of this machine with a code, which is traded
 * for tokens (reading.md, section 2). Throws SicError 'sign-in', 'unreachable' or 'usage' (the port).
 */
export async function signInWithBrowser(options: BrowserSignIn): Promise<OAuthTokens> {
  const { client, port, timeout, timing, signal } = options;
  const { verifier, challenge } = createPkce();
  const state = unguessable();
  const nonce = unguessable();
  const { loginCommand } = client;
  const loopback = await listenForRedirect({ port, state, timeout, timing, signal, loginCommand });
  try {
    const { redirectUri } = loopback;
    options.visit(authorizeUrl(client, { redirectUri, state, nonce, challenge }));
    const code = await loopback.code;
    return await exchangeCode(client, { code, redirectUri, verifier, nonce });
  } finally {
    loopback.close();
  }
}
