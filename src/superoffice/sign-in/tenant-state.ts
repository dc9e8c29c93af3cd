import { SicError } from '../../problems/sic-error.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import type { Credentials } from './credentials.ts';
import type { LoginHttp } from './login-http.ts';
import { cacheNames, readCached, type TextCache } from './text-cache.ts';

export interface TenantQuestion {
  readonly http: LoginHttp;
  /** `Cust12345` */
  readonly tenant: string;
  readonly cache: TextCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** However long SuperOffice vouches for it: a clock that was wrong must not keep an address for years. Milliseconds. */
const longest = 24 * 3_600_000;

/**
 * Where the data of a tenant are: the REST root without `/api`. Read from the state endpoint, kept until its `ValidUntil`;
 * `fresh` asks anew (reading.md, section 1.2). Throws SicError with a sentence of its own for every state in which nothing
 * can be done: 'unreachable' for those that pass, 'config' for those that somebody has to act on.
 */
export async function tenantRoot(question: TenantQuestion, fresh = false): Promise<string> {
  const kept = fresh ? null : await keptRoot(question);
  if (kept !== null) return kept;
  const state = await readState(question);
  const name = stateName(state.State);
  const root = textOf(state, 'Api')
    .replace(/\/+$/, '')
    .replace(/\/api$/i, '');
  if (!isRunning(state, name) || root === '') {
    await question.cache.remove(cacheNames.tenantState);
    throw notRunning(question, name);
  }
  await keep(question, root, textOf(state, 'ValidUntil'));
  return root;
}

/** Maintenance that leaves the tenant open counts as running. */
function isRunning(state: JsonObject, name: string): boolean {
  const says = state.IsRunning;
  return typeof says === 'boolean' ? says : name === 'Running' || name === 'OnlineMaintenance';
}

/**
 * The place of a tenant for one connection. What was answered last counts, not what is kept: that may be out of date when
 * the tenant has moved, and then the answer would be compared with itself.
 */
export function tenantPlace(question: TenantQuestion): Pick<Credentials, 'root' | 'moved'> {
  let answered: string | null = null;
  return {
    async root() {
      answered ??= await tenantRoot(question);
      return answered;
    },
    async moved() {
      const before = answered;
      answered = await tenantRoot(question, true);
      return answered !== before;
    },
  };
}

async function keptRoot({ http, tenant, cache, now }: TenantQuestion): Promise<string | null> {
  const kept = await readCached(cache, cacheNames.tenantState);
  if (kept === null || kept.tenant !== tenant || kept.login !== http.login.root) return null;
  const { validUntil } = kept;
  const valid = typeof validUntil === 'number' && now() < validUntil && validUntil - now() <= longest;
  return valid ? textOf(kept, 'root') || null : null;
}

async function keep(
  { http, tenant, cache, now }: TenantQuestion,
  root: string,
  until: string,
): Promise<void> {
  const validUntil = Math.min(Date.parse(until), now() + longest);
  if (Number.isNaN(validUntil)) return;
  await cache.write(
    cacheNames.tenantState,
    JSON.stringify({ tenant, login: http.login.root, root, validUntil }),
  );
}

async function readState(question: TenantQuestion): Promise<JsonObject> {
  const { http, tenant } = question;
  const { status, json } = await http.ask({
    method: 'GET',
    path: `/api/state/${encodeURIComponent(tenant)}`,
    repeatable: true,
  });
  if (status === 200 && isObject(json)) return json;
  if (status === 404 || status === 400) throw unknownTenant(question);
  throw new SicError(
    'unreachable',
    `${http.login.host} does not tell the state of ${tenant}: it answered ${status}.`,
    {
      hint: 'Run the same command again later.',
    },
  );
}

function unknownTenant({ http, tenant }: TenantQuestion): SicError {
  return new SicError('config', `${http.login.host} knows no tenant "${tenant}".`, {
    hint: 'Check "tenant" of the profile (it looks like Cust12345), and that "environment" is the one it lives in: sod, stage or online.',
  });
}

/** In the order of their numbers, for answers that give the number (reading.md, section 1.2). */
const names: ReadonlyMap<number, string> = new Map([
  [0, 'Unknown'],
  [1, 'Provisioning'],
  [2, 'Running'],
  [3, 'Deleted'],
  [4, 'Suspended'],
  [5, 'OnlineMaintenance'],
  [6, 'OfflineMaintenance'],
  [8, 'ProvisioningFailed'],
  [10, 'Deleting'],
  [11, 'DeleteFailed'],
  [12, 'MigrationPending'],
]);

function stateName(state: unknown): string {
  if (typeof state === 'number') return names.get(state) ?? String(state);
  return typeof state === 'string' ? state : '';
}

/** What a state means (`… is suspended`), whether waiting helps, and the next step. */
interface Meaning {
  readonly says: string;
  readonly does: 'wait' | 'act';
  readonly hint: string;
}

const support = 'Ask the administrator of the tenant, or SuperOffice support.';

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  [
    'Unknown',
    {
      says: 'is in a state that SuperOffice itself does not know: probably an incident, or no such tenant',
      does: 'wait',
      hint: 'Check "tenant" and "environment" of the profile; if they are right, run the same command again in half an hour.',
    },
  ],
  [
    'Provisioning',
    {
      says: 'is being set up and not ready yet',
      does: 'wait',
      hint: 'Run the same command again in some minutes.',
    },
  ],
  [
    'Deleted',
    {
      says: 'has been deleted',
      does: 'act',
      hint: 'Take its profile out of the config, or correct "tenant".',
    },
  ],
  [
    'Suspended',
    {
      says: 'is suspended: its subscription has ended',
      does: 'act',
      hint: 'The customer has to renew the subscription with SuperOffice; until then nothing can be read or written.',
    },
  ],
  [
    'OfflineMaintenance',
    {
      says: 'is closed for maintenance',
      does: 'wait',
      hint: 'That usually takes minutes: run the same command again afterwards. What was accepted is not sent twice.',
    },
  ],
  ['ProvisioningFailed', { says: 'could not be set up', does: 'act', hint: support }],
  [
    'Deleting',
    {
      says: 'is being deleted',
      does: 'act',
      hint: 'Take its profile out of the config, or correct "tenant".',
    },
  ],
  ['DeleteFailed', { says: 'was to be deleted, and is out of service', does: 'act', hint: support }],
  [
    'MigrationPending',
    {
      says: 'waits for its move to another place, which can take days',
      does: 'act',
      hint: `Stop scheduled runs until it has moved. ${support}`,
    },
  ],
]);

function notRunning({ tenant }: TenantQuestion, state: string): SicError {
  const meaning = meanings.get(state);
  if (meaning === undefined)
    return new SicError('unreachable', `The tenant ${tenant} is not running (its state is "${state}").`, {
      hint: `Run the same command again later. If it stays so: ${support.charAt(0).toLowerCase()}${support.slice(1)}`,
    });
  const code = meaning.does === 'wait' ? 'unreachable' : 'config';
  return new SicError(code, `The tenant ${tenant} ${meaning.says} (${state}).`, { hint: meaning.hint });
}
