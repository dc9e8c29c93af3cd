/** Headers that sign a request, by name in lower case. */
export type SignedHeaders = Readonly<Record<string, string>>;

/** How long a sign-in holds. */
export interface SignInTerm {
  /** What every request carries. */
  readonly carries: 'password' | 'ticket' | 'access token';
  /** Milliseconds since 1970; null: until somebody changes it. */
  readonly until: number | null;
  /** Every use begins the time anew. */
  readonly sliding: boolean;
  readonly renewal: 'by itself' | 'by hand' | 'not needed';
  /** Whether SuperOffice called the user an administrator when they signed in; null: it did not say. */
  readonly isAdministrator: boolean | null;
}

/** One way to sign in to one tenant, and where that tenant is. Every call may throw SicError. */
export interface Credentials {
  /** Continues "SuperOffice refused to sign in": `"SIC"`, `the ticket`. Never a secret. */
  readonly who: string;
  /** The next step when SuperOffice refuses them, as a sentence. */
  readonly advice: string;
  /** What every request carries; signs in when there is nothing yet. The same object until something changes. */
  headers(): Promise<SignedHeaders>;
  /** After a 401: gets new ones. False: there is nothing to renew. */
  renew(): Promise<boolean>;
  /** Everything that must be blanked out in texts, as far as it is known by now. */
  secrets(): readonly string[];
  /** How long what was last signed in with holds, seen from `now`, milliseconds since 1970. */
  term(now: number): SignInTerm;
  /** Root of the installation without `/api`, no trailing slash: `https://crm.example.com/SuperOffice`. */
  root(): Promise<string>;
  /** After a 421: asks anew where the tenant is. False: it is where it was. */
  moved(): Promise<boolean>;
}

/** A ticket lives so long after its last use (reading.md, sections 3.4 and 4). Milliseconds. */
export const ticketLife = 6 * 3_600_000;

/** Credentials of an installation of one's own: they are sent as they are, and nothing renews or moves. */
interface Fixed {
  readonly root: string;
  readonly authorization: string;
  readonly who: string;
  readonly advice: string;
  readonly secrets: readonly string[];
  readonly term: Credentials['term'];
}

function fixed({ root, authorization, who, advice, secrets, term }: Fixed): Credentials {
  const headers = { authorization };
  return {
    who,
    advice,
    headers: async () => headers,
    renew: async () => false,
    secrets: () => [authorization, ...secrets],
    term,
    root: async () => root,
    moved: async () => false,
  };
}

/** User name and password, sent with every request (RFC 7617 with UTF-8; reading.md, section 4). */
export function basicCredentials(root: string, username: string, password: string): Credentials {
  const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  return fixed({
    root,
    authorization: `Basic ${encoded}`,
    who: `"${username}"`,
    advice:
      'Check user name and password of the profile, and that the installation allows Basic sign-in (AuthorizeWithUsername).',
    secrets: [encoded, password],
    term: () => ({
      carries: 'password',
      until: null,
      sliding: false,
      renewal: 'not needed',
      isAdministrator: null,
    }),
  });
}

/** A ticket that SuperOffice gave out. It lives for six hours after its last use (reading.md, section 4). */
export function ticketCredentials(root: string, ticket: string): Credentials {
  return fixed({
    root,
    authorization: `SOTicket ${ticket}`,
    who: 'the ticket',
    advice: 'Get a new ticket: it is wrong or has expired.',
    secrets: [ticket],
    term: now => ({
      carries: 'ticket',
      until: now + ticketLife,
      sliding: true,
      renewal: 'by hand',
      isAdministrator: null,
    }),
  });
}
