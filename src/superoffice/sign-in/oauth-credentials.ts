import { SicError } from '../../problems/sic-error.ts';
import type { Note } from '../wait.ts';
import type { Credentials, SignedHeaders } from './credentials.ts';
import { type OAuthClient, type OAuthTokens, refreshTokens } from './oauth.ts';
import { tenantPlace } from './tenant-state.ts';
import { forgiving, type TextCache } from './text-cache.ts';

export interface OAuthOptions {
  readonly client: OAuthClient;
  /** What `sic login` has kept; null: nobody is signed in. Read once. */
  readonly refreshToken: () => Promise<string | null>;
  /** Keeps a refresh token that came in place of the old one. */
  readonly keepRefreshToken: (token: string) => Promise<void>;
  /** Of this profile alone. */
  readonly cache: TextCache;
  readonly note: Note;
}

/** A person who signed in with `sic login` to a tenant of SuperOffice Online (reading.md, sections 2.4 and 2.6). */
export function oauthCredentials(options: OAuthOptions): Credentials {
  const { client } = options;
  const { http, tenant, now } = client;
  const question = { http, tenant, cache: forgiving(options.cache, options.note), now };
  const seen = new Set<string>(client.clientSecret === null ? [] : [client.clientSecret]);
  let refreshToken: string | null = null;
  let current: Promise<SignedHeaders> | null = null;
  /** No request is sent in vain with an access token that is about to end. */
  let renewAt = 0;
  let endsAt: number | null = null;
  let isAdministrator: boolean | null = null;

  async function refreshed(): Promise<SignedHeaders> {
    refreshToken ??= await options.refreshToken();
    if (refreshToken === null) throw notSignedIn(client);
    seen.add(refreshToken);
    const tokens = await refreshTokens(client, refreshToken);
    await keep(tokens);
    renewAt = tokens.renewAt;
    endsAt = tokens.endsAt;
    isAdministrator = tokens.isAdministrator;
    return { authorization: `Bearer ${tokens.accessToken}` };
  }

  async function keep(tokens: OAuthTokens): Promise<void> {
    seen.add(tokens.accessToken);
    if (tokens.refreshToken === null || tokens.refreshToken === refreshToken) return;
    refreshToken = tokens.refreshToken;
    seen.add(refreshToken);
    await options.keepRefreshToken(refreshToken);
  }

  /** What failed is tried again by the next one who asks. */
  function attempt(work: Promise<SignedHeaders>): Promise<SignedHeaders> {
    renewAt = Number.POSITIVE_INFINITY;
    work.catch(() => {
      if (current === work) current = null;
    });
    return work;
  }

  return {
    who: `the person who signed in to ${tenant}`,
    advice: `Sign in again: ${client.loginCommand}`,
    async headers() {
      if (current === null || now() > renewAt) current = attempt(refreshed());
      return current;
    },
    async renew() {
      current = attempt(refreshed());
      await current;
      return true;
    },
    secrets: () => [...seen],
    term: () => ({
      carries: 'access token',
      until: endsAt,
      sliding: false,
      renewal: 'by itself',
      isAdministrator,
    }),
    ...tenantPlace(question),
  };
}

function notSignedIn({ tenant, loginCommand }: OAuthClient): SicError {
  return new SicError('sign-in', `Nobody is signed in to ${tenant} on this machine.`, {
    hint: `Sign in: ${loginCommand}. If you have done so and the keychain keeps it, that may be locked, as it is for cron and over ssh: sign in with --store file then.`,
  });
}
