import { createHash } from 'node:crypto';
import { SicError } from '../../problems/sic-error.ts';
import { isObject, isTrue, numberOf, textOf } from '../json.ts';
import { readOnce } from '../once.ts';
import { secretMask } from '../secret-mask.ts';
import type { Note } from '../wait.ts';
import { type Clocks, refuseWrongClock } from './clock.ts';
import { type Credentials, type SignedHeaders, ticketLife } from './credentials.ts';
import { publishedKeys } from './jwks.ts';
import { superOfficeClaim, verifyJwt } from './jwt.ts';
import type { LoginHttp } from './login-http.ts';
import { signSystemToken } from './system-token.ts';
import { tenantPlace } from './tenant-state.ts';
import { cacheNames, forgiving, readCached, type TextCache } from './text-cache.ts';

export interface SystemUserOptions {
  readonly http: LoginHttp;
  readonly tenant: string;
  readonly clientId: string;
  /** Where the secrets are; each is read once. They throw SicError 'config'. */
  readonly clientSecret: () => Promise<string>;
  readonly systemUserToken: () => Promise<string>;
  /** PEM or .NET XML. */
  readonly privateKey: () => Promise<string>;
  /** Of this profile alone. */
  readonly cache: TextCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly note: Note;
}

/** A kept ticket is used for so long: its life, less what a clock and a long answer may take. Milliseconds. */
const ticketUse = ticketLife - 10 * 60_000;

/** How often a run that goes on writes down that its ticket is in use. Milliseconds. */
const noteUseEvery = 10 * 60_000;

interface Secrets {
  readonly clientSecret: string;
  readonly systemUserToken: string;
  readonly privateKey: string;
  /** Tells whether a kept ticket was got with these very credentials. */
  readonly fingerprint: string;
}

interface Ticket {
  readonly headers: SignedHeaders;
  readonly ticket: string;
  /** When its use was last written down. */
  noted: number;
}

/**
 * The system user of an application in a tenant of SuperOffice Online: what jobs use (reading.md, section 3). The ticket is
 * kept for the next run, for as long as it lives and the credentials stay the same.
 */
export function systemUserCredentials(options: SystemUserOptions): Credentials {
  const { http, tenant, now } = options;
  const cache = forgiving(options.cache, options.note);
  const question = { http, tenant, cache, now };
  const seen = new Set<string>();
  const remember = (secret: string): string => {
    seen.add(secret);
    return secret;
  };
  const secrets = readOnce(() => readSecrets(options, remember));
  let current: Promise<Ticket> | null = null;
  const keep = async (ticket: Ticket, { fingerprint }: Secrets): Promise<void> => {
    ticket.noted = now();
    await cache.write(
      cacheNames.ticket,
      JSON.stringify({ tenant, fingerprint, ticket: ticket.ticket, usedAt: now() }),
    );
  };

  async function first(): Promise<Ticket> {
    const known = await secrets();
    const kept = await keptTicket(known);
    return kept === null ? exchange(known) : ticketOf(kept.ticket, kept.usedAt, known);
  }

  async function renewed(): Promise<Ticket> {
    await cache.remove(cacheNames.ticket);
    return exchange(await secrets());
  }

  /** What failed is tried again by the next one who asks. */
  function attempt(work: Promise<Ticket>): Promise<Ticket> {
    work.catch(() => {
      if (current === work) current = null;
    });
    return work;
  }

  async function keptTicket({ fingerprint }: Secrets): Promise<{ ticket: string; usedAt: number } | null> {
    const kept = await readCached(cache, cacheNames.ticket);
    if (kept === null || kept.tenant !== tenant || kept.fingerprint !== fingerprint) return null;
    const usedAt = numberOf(kept, 'usedAt');
    const age = now() - usedAt;
    const ticket = textOf(kept, 'ticket');
    return ticket === '' || age < 0 || age > ticketUse ? null : { ticket, usedAt };
  }

  async function exchange(known: Secrets): Promise<Ticket> {
    const ticket = ticketOf(await fetchTicket(options, known, secretMask([...seen])), now(), known);
    await keep(ticket, known);
    return ticket;
  }

  function ticketOf(ticket: string, noted: number, { clientSecret }: Secrets): Ticket {
    remember(ticket);
    return { ticket, noted, headers: { authorization: `SOTicket ${ticket}`, 'so-apptoken': clientSecret } };
  }

  return {
    who: `the system user of the application ${options.clientId} to ${tenant}`,
    advice: consent(tenant),
    async headers() {
      current ??= attempt(first());
      const ticket = await current;
      if (now() - ticket.noted > noteUseEvery) await keep(ticket, await secrets());
      return ticket.headers;
    },
    async renew() {
      current = attempt(renewed());
      await current;
      return true;
    },
    secrets: () => [...seen],
    term: moment => ({
      carries: 'ticket',
      until: moment + ticketLife,
      sliding: true,
      renewal: 'by itself',
      isAdministrator: null,
    }),
    ...tenantPlace(question),
  };
}

async function readSecrets(
  options: SystemUserOptions,
  remember: (secret: string) => string,
): Promise<Secrets> {
  const clientSecret = remember(oneLine(await options.clientSecret(), 'clientSecret'));
  const systemUserToken = remember(oneLine(await options.systemUserToken(), 'systemUserToken'));
  const privateKey = remember(await options.privateKey());
  const all = [
    options.http.login.root,
    options.tenant,
    options.clientId,
    clientSecret,
    systemUserToken,
    privateKey,
  ];
  const fingerprint = createHash('sha256').update(JSON.stringify(all)).digest('base64url');
  return { clientSecret, systemUserToken, privateKey, fingerprint };
}

/** It goes into a header, where a line break would end it. */
function oneLine(secret: string, name: string): string {
  const text = secret.trim();
  if (/^[\x20-\x7e]+$/.test(text)) return text;
  throw new SicError(
    'config',
    `"${name}" of the profile holds a line break or other characters that cannot be in it.`,
    {
      hint: 'Store it as one line, exactly as SuperOffice gave it out.',
    },
  );
}

/** Signs, exchanges and checks (reading.md, sections 3.1 to 3.3). Answers the ticket. */
async function fetchTicket(
  { http, tenant, now }: SystemUserOptions,
  secrets: Secrets,
  mask: (text: string) => string,
): Promise<string> {
  // Only now: most runs find a ticket, and need neither the key nor a parser of XML.
  const { readPrivateKey } = await import('./private-key.ts');
  const key = readPrivateKey(secrets.privateKey, 'the private key of the profile');
  const { host } = http.login;
  const { status, json, date } = await http.ask({
    method: 'POST',
    path: '/Login/api/PartnerSystemUser/Authenticate',
    json: {
      SignedSystemToken: signSystemToken(secrets.systemUserToken, key, now()),
      ApplicationToken: secrets.clientSecret,
      ContextIdentifier: tenant,
      ReturnTokenType: 'JWT',
    },
    repeatable: true,
  });
  const clocks = { local: now(), server: date };
  const answer = isObject(json) ? json : {};
  const token = textOf(answer, 'Token');
  if (status !== 200 || !isTrue(answer, 'IsSuccessful') || token === '')
    throw refused(tenant, host, mask(wordsOf(answer)), status, clocks);
  const claims = await verifyJwt(token, publishedKeys(http), {
    issuer: 'SuperOffice AS',
    audience: given => `spn:${superOfficeClaim(given, 'serial')}`,
    nonce: null,
    clocks,
    host,
  });
  const context = superOfficeClaim(claims, 'ctx');
  if (context !== '' && context.toLowerCase() !== tenant.toLowerCase())
    throw new SicError('sign-in', `${host} signed in to the tenant ${context} instead of ${tenant}.`, {
      hint: 'Check "tenant" and "systemUserToken" of the profile: each tenant has a token of its own.',
    });
  const ticket = superOfficeClaim(claims, 'ticket');
  if (!/^[\x21-\x7e]+$/.test(ticket))
    throw new SicError('sign-in', `${host} signed the system user in, but gave no ticket.`, {
      hint: 'Run the same command again; if it stays so, show this to SuperOffice support.',
    });
  return ticket;
}

function wordsOf(answer: Readonly<Record<string, unknown>>): string {
  return (
    textOf(answer, 'ErrorMessage') ||
    textOf(answer, 'Message') ||
    textOf(answer, 'error_description') ||
    textOf(answer, 'error')
  );
}

/** A signature is good for a few minutes, so a clock that is that far off is the likeliest reason of all. */
const signatureTolerance = 2 * 60_000;

function refused(tenant: string, host: string, words: string, status: number, clocks: Clocks): SicError {
  refuseWrongClock(clocks, host, signatureTolerance);
  const said = words === '' ? (status === 200 ? 'it gave no reason' : `it answered ${status}`) : words;
  return new SicError(
    'sign-in',
    `${host} refused to sign in the system user of ${tenant}: ${oneSentence(said)}`,
    {
      hint: adviceFor(words, tenant),
    },
  );
}

function oneSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().slice(0, 500);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** How the refusal words itself is not documented; the names are those of AuthorizeErrorCode (reading.md, section 2.2). */
function adviceFor(words: string, tenant: string): string {
  if (/signature/i.test(words))
    return 'The private key does not belong to the application: use the one whose public half the Developer Portal keeps for this environment.';
  if (/time\s?stamp/i.test(words)) return 'Set the clock of this machine, then run the same command again.';
  if (/reapproval|consent|revoked|denied|approv/i.test(words)) return consent(tenant);
  return `Check that "clientSecret", "systemUserToken" and "privateKey" belong to the same application, and to this "environment" and to ${tenant}. ${consent(tenant)}`;
}

function consent(tenant: string): string {
  return `An administrator of ${tenant} may have to approve the application (again): by signing in to it once. A new approval can bring a new system user token.`;
}
