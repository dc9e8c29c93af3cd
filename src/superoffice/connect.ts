import { SicError } from '../problems/sic-error.ts';
import { readAddress } from './address.ts';
import { ArchiveReader } from './archive-reader.ts';
import { readAssociates } from './associates.ts';
import { Contents } from './contents.ts';
import { toCountries } from './countries.ts';
import { SuperOfficeError } from './error.ts';
import { readExtraFields } from './extra-fields.ts';
import { ForeignKeys } from './foreign-keys.ts';
import { gracefulSignal } from './graceful-signal.ts';
import { createHttp, type Http } from './http.ts';
import { Limiter } from './limiter.ts';
import { ListStore } from './list-store.ts';
import { openList } from './lists.ts';
import { sendMessage } from './mail.ts';
import { readOnce, readOncePerKey } from './once.ts';
import { defaultOpenPoints, type OpenPoints } from './open-points.ts';
import { readPrincipal } from './principal.ts';
import { addInterests, createRecord, patchRecord, readCreator } from './records.ts';
import { readSaleStages } from './sale-stages.ts';
import { basicCredentials, secretMask } from './secret-mask.ts';
import type { SuperOffice } from './superoffice.ts';
import { systemTiming } from './timing.ts';
import { defaultTimeouts, openTransport } from './transport.ts';
import { readUdefs } from './udefs.ts';

export interface ConnectOptions {
  /** Root of the installation without `/api`, no trailing slash: `https://crm.example.com/SuperOffice`. */
  readonly root: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
  /** Requests per second; 0: no limit. */
  readonly rate: number;
  /** Requests in flight. */
  readonly concurrency: number;
  /** For HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told about every wait and retry. */
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
  /** What is known of a tenant and its database (`Cust12345`, serial) that the documents leave open; absent: the defaults. */
  readonly openPoints?: (tenant: string, database: string) => Promise<OpenPoints>;
}

/** What a write in flight is given to be answered after the run was stopped. Milliseconds. */
const grace = 5_000;

/**
 * Opens a connection and proves the sign-in with one request. Throws SicError: `config` for an address that will not do,
 * `sign-in` when the credentials are refused, `unreachable` when no SuperOffice answers there.
 */
export async function connect(options: ConnectOptions): Promise<SuperOffice> {
  const { authorization, concurrency, note, signal } = options;
  const address = readAddress(options.root);
  if (/[^\x20-\x7e]/.test(authorization))
    throw new SicError(
      'config',
      'The ticket of the profile holds a line break or other unprintable characters',
      {
        hint: 'Store it as one line, exactly as SuperOffice gave it out.',
      },
    );
  const timing = systemTiming;
  const transport = await openTransport({
    address,
    authorization,
    concurrency,
    env: options.env,
    timeouts: defaultTimeouts,
  });
  const limiter = new Limiter({ rate: options.rate, concurrency, timing, signal });
  const writes = gracefulSignal(signal, grace, timing);
  const http = createHttp({
    transport,
    host: new URL(address.origin).host,
    limiter,
    timing,
    mask: secretMask(authorization),
    note,
    signal,
    writeSignal: writes.signal,
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
    throw error instanceof SuperOfficeError ? notConnected(error, address.shown, authorization) : error;
  }
  return assemble(
    http,
    new ArchiveReader(http, address.apiPath, timing.wallClock(), openPoints),
    address.tenant,
    openPoints,
    principal,
    close,
  );
}

function assemble(
  http: Http,
  archive: ArchiveReader,
  tenant: string,
  openPoints: OpenPoints,
  principal: SuperOffice['principal'],
  close: () => Promise<void>,
): SuperOffice {
  const store = new ListStore(http);
  const items = readOncePerKey(name => store.read(name));
  return {
    tenant,
    openPoints,
    http,
    requests: http.requests,
    principal,
    archive: query => archive.read(query),
    create: (entity, body) => createRecord(http, entity, body, openPoints),
    patch: (entity, id, operations) => patchRecord(http, entity, id, operations, openPoints),
    creatorOf: (entity, id) => readCreator(http, entity, id),
    addInterests: (entity, id, interestIds) => addInterests(http, entity, id, interestIds),
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
    close,
  };
}

/** Requests and their messages are the only ones without (reading.md, section 14.1). */
function hasUdefs(entity: string): boolean {
  return entity !== 'Ticket' && entity !== 'TicketMessage';
}

function notConnected(error: SuperOfficeError, shown: string, authorization: string): SicError {
  const parts = { detail: error.message, cause: error };
  if (error.status === 401 || error.status === 403) {
    const user = basicCredentials(authorization)?.user;
    const who = user === undefined ? 'the ticket' : `"${user}"`;
    return new SicError('sign-in', `SuperOffice at ${shown} refused to sign in ${who}.`, {
      ...parts,
      hint:
        user === undefined
          ? 'Get a new ticket: it is wrong or has expired.'
          : 'Check user name and password of the profile, and that the installation allows Basic sign-in (AuthorizeWithUsername).',
    });
  }
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

/** The message without the request in front of it. */
function reasonOf(error: SuperOfficeError): string {
  return error.message.startsWith(`${error.request}: `)
    ? error.message.slice(error.request.length + 2)
    : error.message;
}
