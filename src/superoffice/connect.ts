import { SicError } from '../problems/sic-error.ts';
import { readArchiveColumns } from './archive-columns.ts';
import { ArchiveReader } from './archive-reader.ts';
import { readAssociates } from './associates.ts';
import { type Brake, noBrake } from './brake.ts';
import { Contents } from './contents.ts';
import { toCountries } from './countries.ts';
import { upsertRows } from './database-table.ts';
import { SuperOfficeError } from './error.ts';
import { readExtraFields } from './extra-fields.ts';
import { ForeignKeys } from './foreign-keys.ts';
import { gracefulSignal } from './graceful-signal.ts';
import { createHttp, type Http } from './http.ts';
import { Limiter } from './limiter.ts';
import { ListStore } from './list-store.ts';
import { openList } from './lists.ts';
import { sendMessage } from './mail.ts';
import { readNetServerVersion } from './net-server.ts';
import { readOnce, readOncePerKey } from './once.ts';
import { defaultOpenPoints, type OpenPoints } from './open-points.ts';
import { readPrincipal } from './principal.ts';
import { createRecord, deleteRecord, patchRecord, readCreator, updateInterests } from './records.ts';
import { readSaleStages } from './sale-stages.ts';
import { secretMask } from './secret-mask.ts';
import { openSession } from './session.ts';
import type { Credentials } from './sign-in/credentials.ts';
import type { SuperOffice } from './superoffice.ts';
import { systemTiming } from './timing.ts';
import { defaultTimeouts, openTransport } from './transport.ts';
import { UdefLayouts } from './udef-layout.ts';
import { readUdefs } from './udefs.ts';
import type { Note } from './wait.ts';

export interface ConnectOptions {
  /** How to sign in, and where. */
  readonly credentials: Credentials;
  /** Authorities that are trusted beside those Node knows, PEM text each. */
  readonly authorities?: readonly string[];
  /** Requests per second; 0: no limit. */
  readonly rate: number;
  /** Requests in flight. */
  readonly concurrency: number;
  /** For HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told about every wait and retry. */
  readonly note: Note;
  readonly signal: AbortSignal;
  /** What is known of a tenant and its database (`Cust12345`, serial) that the documents leave open; absent: the defaults. */
  readonly openPoints?: (tenant: string, database: string) => Promise<OpenPoints>;
  /** What may end the run before its end; absent: only `signal`. */
  readonly brake?: Brake;
}

/** What a write in flight is given to be answered after the run was stopped. Milliseconds. */
const grace = 5_000;

/**
 * Opens a connection and proves the sign-in with one request. Throws SicError: `config` for an address that will not do,
 * `sign-in` when the credentials are refused, `unreachable` when no SuperOffice answers there.
 */
export async function connect(options: ConnectOptions): Promise<SuperOffice> {
  const { credentials, concurrency, note, signal } = options;
  const timing = systemTiming;
  const session = await openSession(credentials, timing);
  const { address, headers } = await session.pass();
  refuseUnprintable(headers.authorization ?? '');
  const transport = openTransport({
    concurrency,
    env: options.env,
    timeouts: defaultTimeouts,
    authorities: options.authorities ?? [],
  });
  const limiter = new Limiter({ rate: options.rate, concurrency, timing, signal });
  const writes = gracefulSignal(signal, grace, timing);
  const http = createHttp({
    transport,
    session,
    limiter,
    timing,
    mask: text => secretMask(credentials.secrets())(text),
    note,
    signal,
    writeSignal: writes.signal,
    brake: options.brake ?? noBrake,
  });
  const close = async (): Promise<void> => {
    limiter.close();
    writes.release();
    await http.close();
  };

  const principal = readOnce(() => readPrincipal(http));
  let openPoints = defaultOpenPoints;
  try {
    const { database } = await principal();
    openPoints = (await options.openPoints?.(address.tenant, database)) ?? defaultOpenPoints;
  } catch (error) {
    await close();
    throw error instanceof SuperOfficeError ? await notConnected(error, address.shown, credentials) : error;
  }
  return assemble(
    http,
    via => new ArchiveReader(via, address.apiPath, timing.wallClock(), openPoints),
    address.tenant,
    openPoints,
    principal,
    transport.clock,
    close,
  );
}

function refuseUnprintable(authorization: string): void {
  if (!/[^\x20-\x7e]/.test(authorization)) return;
  throw new SicError(
    'config',
    'The ticket of the profile holds a line break or other unprintable characters',
    { hint: 'Store it as one line, exactly as SuperOffice gave it out.' },
  );
}

function assemble(
  http: Http,
  archiveOf: (http: Http) => ArchiveReader,
  tenant: string,
  openPoints: OpenPoints,
  principal: SuperOffice['principal'],
  serverClock: SuperOffice['serverClock'],
  close: () => Promise<void>,
): SuperOffice {
  const archive = archiveOf(http);
  const store = new ListStore(http);
  const items = readOncePerKey(name => store.read(name));
  return {
    tenant,
    openPoints,
    http,
    requests: http.requests,
    finishing: () => assemble(completing(http), archiveOf, tenant, openPoints, principal, serverClock, close),
    principal,
    archive: query => archive.read(query),
    archivePages: query => archive.pages(query),
    archiveColumns: readOncePerKey(provider => readArchiveColumns(http, provider)),
    create: (entity, body) => createRecord(http, entity, body, openPoints),
    patch: (entity, id, operations) => patchRecord(http, entity, id, operations, openPoints),
    creatorOf: (entity, id) => readCreator(http, entity, id),
    updateInterests: (entity, id, change, completes) => updateInterests(http, entity, id, change, completes),
    upsert: (upsert, completes) => upsertRows(http, upsert, completes),
    remove: (entity, id) => deleteRecord(http, entity, id, openPoints),
    contents: new Contents(http, openPoints),
    foreignKeys: new ForeignKeys(http, archive, openPoints),
    sendMessage: (messageId, mail) => sendMessage(http, messageId, mail),
    saleStages: readOncePerKey((saleTypeId: number) => readSaleStages(http, saleTypeId)),
    list: readOncePerKey(async name => openList(name, store, await items(name), openPoints)),
    associates: readOnce(() => readAssociates(archive)),
    countries: readOnce(async () => toCountries(await items('Country'))),
    udefs: readOncePerKey(entity =>
      hasUdefs(entity) ? readUdefs(http, entity) : readExtraFields(http, entity),
    ),
    udefLayouts: new UdefLayouts(http),
    serverClock,
    netServerVersion: () => readNetServerVersion(http),
    close,
  };
}

function completing(http: Http): Http {
  return { ...http, send: call => http.send({ ...call, completes: true }) };
}

/** Requests and their messages are the only ones without (reading.md, section 14.1). */
function hasUdefs(entity: string): boolean {
  return entity !== 'Ticket' && entity !== 'TicketMessage';
}

async function notConnected(
  error: SuperOfficeError,
  shown: string,
  credentials: Credentials,
): Promise<SicError> {
  // It came from signing in, and says more than any summary of it.
  if (error.cause instanceof SicError) return error.cause;
  const parts = { detail: error.message, cause: error };
  if (error.status === 401 || error.status === 403)
    return new SicError('sign-in', `SuperOffice at ${shown} refused to sign in ${credentials.who}.`, {
      ...parts,
      hint: credentials.advice,
    });
  const state = await stateOfTenant(credentials);
  if (state !== null) return state;
  if (error.status === 404 || (error.status >= 200 && error.status < 400))
    return new SicError('unreachable', `${shown} is not a SuperOffice REST root.`, {
      ...parts,
      hint: `Check the url of the profile: ${shown}/api/v1 must lead to the REST service.`,
    });
  return new SicError('unreachable', `SuperOffice at ${shown} cannot be reached: ${reasonOf(error)}.`, {
    hint: error.hint,
    cause: error,
  });
}

/** Why a tenant does not answer, as SuperOffice Online itself tells it: closed for maintenance, suspended, deleted. */
async function stateOfTenant(credentials: Credentials): Promise<SicError | null> {
  try {
    await credentials.moved();
    return null;
  } catch (error) {
    if (error instanceof SicError) return error;
    throw error;
  }
}

/** The message without the request in front of it. */
function reasonOf(error: SuperOfficeError): string {
  return error.message.startsWith(`${error.request}: `)
    ? error.message.slice(error.request.length + 2)
    : error.message;
}
