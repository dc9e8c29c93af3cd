import type { NetworkFault } from './network-fault.ts';
import type { Failure, RequestKind } from './retry.ts';
import { readServerWords, type ServerWords } from './server-words.ts';
import type { Received, Reply } from './transport.ts';

/** One failed try: what the retry policy needs, and what a person is told. */
export interface Refusal extends Failure {
  /** Continues "POST /v1/Contact: …". */
  readonly message: string;
  readonly hint: string;
  /** Most likely a wrong address. */
  readonly nobodyThere: boolean;
  readonly cause?: unknown;
}

export function refusalFromNetwork(fault: NetworkFault, cause: unknown): Refusal {
  return { status: 0, errorType: '', garbled: false, retryAfter: null, ...fault, cause };
}

/** An answer with a status of 300 or more. */
export function refusalFromStatus(reply: Reply, host: string): Refusal {
  const words = readServerWords(reply.text);
  const meaning = statusMeanings.get(reply.status);
  const said = words.isPage ? `a web page${titled(words)}` : words.message;
  const what = [
    `${host} answered ${reply.status}`,
    meaning ? ` (${meaning})` : '',
    said === '' ? '' : `: ${said}`,
  ];
  return {
    status: reply.status,
    errorType: words.errorType,
    sent: true,
    garbled: false,
    permanent: false,
    message: what.join('') + sentOnTo(reply.location),
    hint: hintFor(reply.status, words),
    retryAfter: reply.retryAfter,
    nobodyThere: false,
  };
}

/** A good status, but no JSON: a web page, or an answer that was cut. */
export function refusalFromUnreadable(reply: Reply, host: string): Refusal {
  const words = readServerWords(reply.text);
  return {
    status: reply.status,
    errorType: '',
    sent: true,
    garbled: true,
    permanent: false,
    message: words.isPage
      ? `${host} answered with a web page${titled(words)} instead of data: this is not a SuperOffice REST root, or something stands in front of it`
      : `${host} sent an answer that cannot be read (${reply.text.length} characters, cut or damaged)`,
    hint: words.isPage
      ? 'Check the url of the profile: it is the address of the web client without anything behind the tenant or application name.'
      : 'Run the same command again; if it stays so, something between here and SuperOffice damages answers.',
    retryAfter: null,
    nobodyThere: words.isPage,
  };
}

/** A file that is not the one that was asked for: cut on the way, or the web page of something that stands there. */
export function refusalFromOtherBody({ size, isPage }: Received, status: number, host: string): Refusal {
  return {
    status,
    errorType: '',
    sent: true,
    garbled: true,
    permanent: false,
    message: isPage
      ? `${host} answered with a web page instead of a file`
      : `${host} sent a file of another size than SuperOffice says it has (${size} bytes: cut or damaged)`,
    hint: 'Run the same command again; if it stays so, something between here and SuperOffice damages answers.',
    retryAfter: null,
    nobodyThere: false,
  };
}

/** A refusal inside an answer with a good status. */
export function refusalFromWords(words: ServerWords, status: number, host: string): Refusal {
  return {
    status,
    errorType: words.errorType,
    sent: true,
    garbled: false,
    permanent: true,
    message: `${host} refused it: ${words.message || words.errorType || 'without giving a reason'}`,
    hint: hintFor(400, words),
    retryAfter: null,
    nobodyThere: false,
  };
}

/** A good status and good JSON, but not what was asked for: a create without an id, say. What happened is not known. */
export function refusalFromMissing(what: string, status: number, host: string): Refusal {
  return {
    status,
    errorType: '',
    sent: true,
    garbled: true,
    permanent: true,
    message: `${host} answered without ${what}`,
    hint: 'Look at the record in SuperOffice, then run the same command again.',
    retryAfter: null,
    nobodyThere: false,
  };
}

/** Statuses after which the next record will fare no better. */
const tenantStatuses: ReadonlySet<number> = new Set([401, 407, 408, 421, 429, 502, 503, 504]);

/** See `SuperOfficeError.scope`. A lost create is the row's own matter: it is looked up by key before anything else. */
export function scopeOf(kind: RequestKind, refusal: Refusal): 'row' | 'tenant' {
  if (kind === 'create' && refusal.sent && (refusal.status === 0 || refusal.garbled)) return 'row';
  if (refusal.status === 0 || (refusal.garbled && !refusal.permanent)) return 'tenant';
  const sentElsewhere = refusal.status >= 300 && refusal.status < 400;
  return sentElsewhere || tenantStatuses.has(refusal.status) ? 'tenant' : 'row';
}

const statusMeanings: ReadonlyMap<number, string> = new Map([
  [401, 'sign-in refused'],
  [403, 'not allowed'],
  [404, 'not found'],
  [405, 'method not allowed'],
  [409, 'conflict'],
  [412, 'changed meanwhile'],
  [413, 'too large'],
  [414, 'address too long'],
  [421, 'this host does not serve the tenant'],
  [429, 'too many requests'],
  [500, 'server error'],
  [502, 'bad gateway'],
  [503, 'not available'],
  [504, 'gateway timeout'],
]);

function hintFor(status: number, words: ServerWords): string {
  switch (status) {
    case 400:
      return 'Correct what SuperOffice names, then run the same command again.';
    case 401:
      return 'Check user name, password or ticket of the profile: they are wrong or no longer valid.';
    case 403:
      return 'Give the user of the profile the right to do this in SuperOffice, or sign in as another one.';
    case 404:
      return words.isPage
        ? 'Check the url of the profile.'
        : 'It may have been deleted meanwhile; run the same command again.';
    case 405:
      return 'The web server in front of SuperOffice must allow GET, POST, PUT, PATCH and DELETE (IIS handler mappings).';
    case 409:
    case 412:
      return 'Somebody changed the record meanwhile; run the same command again.';
    case 421:
      return 'The tenant is elsewhere. Write "environment" and "tenant" into the profile in place of "url": then sic asks https://online.superoffice.com/api/state/{tenant} where it is. If they are there, run the same command again later.';
    case 429:
      return 'Send slower: set "rate" in the profile or use --rate, and run the same command again.';
    case 502:
    case 503:
    case 504:
      return 'SuperOffice is down or under maintenance. Run the same command again later; what was accepted stays accepted.';
    default:
      return 'Run the same command again; if it stays so, show SuperOffice’s words to its administrator.';
  }
}

function titled(words: ServerWords): string {
  return words.message === '' ? '' : ` titled “${words.message}”`;
}

/** Only the place: what stands behind it may carry a session. */
function sentOnTo(location: string | null): string {
  if (location === null) return '';
  return `; it sends callers on to ${location.replace(/[?#].*$/s, '')}`;
}
