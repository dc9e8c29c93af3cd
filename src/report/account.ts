import { oneLine } from './words.ts';

/** Who is signed in where, as whoami and login tell it. */
export interface Account {
  readonly profile: string;
  readonly tenant: string;
  /** Root of the installation without `/api`. */
  readonly address: string;
  /** Build of the server: `11.10.721.0`; '' when it does not say. */
  readonly version: string;
  readonly user: {
    readonly login: string;
    readonly fullName: string;
    readonly email: string;
    /** In words: `employee`, `system user`. */
    readonly kind: string;
    readonly role: string;
  };
  readonly rights: {
    /** The mass-operation API works with the system user alone (reading.md, section 3.4). */
    readonly massOperations: boolean;
    /** null here and below: SuperOffice does not say. */
    readonly administrator: boolean | null;
    readonly bulkUpdate: boolean | null;
    /** As SuperOffice calls them; empty where it lists none. */
    readonly functional: readonly string[];
  };
  readonly signIn: {
    /** As in the config: `basic`, `ticket`, `system-user`, `oauth`. */
    readonly type: string;
    readonly carries: 'password' | 'ticket' | 'access token';
    /** Milliseconds since 1970; null: until somebody changes it. */
    readonly until: number | null;
    /** Every use begins the time anew. */
    readonly sliding: boolean;
    readonly renewal: 'by itself' | 'by hand' | 'not needed';
  };
}

/** The part of a JSON document that tells an account; times as ISO 8601 in UTC. */
export function accountDocument({ profile, tenant, address, version, user, rights, signIn }: Account) {
  const { type, carries, until, sliding, renewal } = signIn;
  return {
    profile,
    tenant,
    address,
    version: version === '' ? null : version,
    user,
    rights,
    signIn: {
      type,
      carries,
      until: until === null ? null : new Date(until).toISOString(),
      sliding,
      renewal,
      explained: termInWords(signIn),
    },
  };
}

/** A line that says who, and one per fact below it. */
export function accountText(account: Account): string {
  const { tenant, address, version, user, rights, signIn, profile } = account;
  const name = user.fullName === '' || user.fullName === user.login ? '' : ` (${user.fullName})`;
  const functional = rights.functional.join(', ');
  const facts: readonly (readonly [string, string])[] = [
    ['profile', profile],
    ['address', address],
    ['version', version === '' ? 'SuperOffice does not say' : `SuperOffice ${version}`],
    ['e-mail', user.email],
    ['role', user.role],
    ['mass operations', rights.massOperations ? 'allowed' : 'not allowed: they need a system user'],
    ['administrator', yesOrNo(rights.administrator)],
    ['bulk update', yesOrNo(rights.bulkUpdate)],
    ['functional rights', functional],
    ['sign-in', termInWords(signIn)],
  ];
  const told = facts.filter(([, fact]) => fact !== '');
  const lines = told.map(([label, fact]) => `  ${label.padEnd(17)}  ${oneLine(fact)}\n`);
  return `${oneLine(`${user.login}${name}, ${user.kind}, in ${tenant}`)}\n${lines.join('')}`;
}

function yesOrNo(right: boolean | null): string {
  if (right === null) return 'SuperOffice does not say';
  return right ? 'yes' : 'no';
}

function termInWords({ carries, until, sliding, renewal }: Account['signIn']): string {
  const held =
    until === null
      ? `with a ${carries}, which holds until somebody changes it`
      : `with ${carries === 'access token' ? 'an' : 'a'} ${carries} until ${minuteOf(until)}`;
  const slides = sliding ? '; every use begins its six hours anew' : '';
  if (renewal === 'by itself') return `${held}${slides}; sic gets a new one by itself`;
  if (renewal === 'by hand') return `${held}${slides}; nothing renews it when it has ended`;
  return `${held}${slides}`;
}

/** `2026-01-31 14:30 UTC` */
function minuteOf(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
