import path from 'node:path';
import { datatypes } from '../datatypes/index.ts';
import { defaultFieldNames } from '../datatypes/udef.ts';
import type {
  ColumnMapping,
  Config,
  ListPolicy,
  Mapping,
  OnlineProfile,
  OnsiteProfile,
  Profile,
  SearchConfig,
  SecretRef,
} from './config.ts';
import type { ConfigFile, FieldEntry, MappingEntry, ProfileEntry, SearchEntry } from './config-file.ts';
import { type Limit, readLimit } from './limit.ts';

/** What SuperOffice Online takes, in megabytes (writing.md, section 4). */
const onlineDocumentLimit = 94.4;

/** Long enough to ask what happened last month. */
const defaultKeepDays = 90;

/** Fills in defaults and makes paths absolute. `file` null: no config file, all defaults. */
export function normalise(raw: ConfigFile, file: string | null, folder: string): Config {
  return {
    file,
    folder,
    integrationId: raw.integrationId ?? null,
    defaultProfile: raw.defaultProfile ?? null,
    profiles: mapValues(raw.profiles, (entry, name) => profile(entry, name, folder)),
    mappings: (raw.mappings ?? []).map(mapping),
    lists: mapValues<{ missing: ListPolicy['missing']; default?: string }, ListPolicy>(raw.lists, entry => ({
      missing: entry.missing,
      default: entry.default ?? null,
    })),
    fallbackAssociate: raw.fallbackAssociate ?? null,
    progIdPrefix: raw.progIdPrefix ?? defaultFieldNames.progIdPrefix,
    timeZone: raw.timeZone ?? null,
    earningMethod: raw.sales?.earningMethod ?? 'auto',
    onConflict: onConflict(raw.onConflict ?? 'file'),
    sendMail: raw.tickets?.sendMail ?? false,
    documents: {
      template: raw.documents?.template ?? null,
      maxMegabytes: raw.documents?.maxMegabytes ?? onlineDocumentLimit,
    },
    zip: { password: raw.zip?.password ? secret(raw.zip.password, folder) : null },
    history: {
      keepDays: raw.history?.keepDays === undefined ? defaultKeepDays : raw.history.keepDays,
      keepValues: raw.history?.keepValues ?? true,
    },
    brakes: {
      maxErrors: limit(raw.brakes?.maxErrors),
      maxChanges: limit(raw.brakes?.maxChanges),
      maxRequests: raw.brakes?.maxRequests ?? null,
      deadline: raw.brakes?.deadline ?? null,
    },
    ping: raw.ping ? secret(raw.ping, folder) : null,
    searches: mapValues(raw.searches, search),
  };
}

function onConflict(entry: NonNullable<ConfigFile['onConflict']>): Config['onConflict'] {
  return typeof entry === 'string'
    ? new Map(datatypes.map(({ name }) => [name, entry]))
    : new Map(Object.entries(entry));
}

function limit(value: number | string | undefined): Limit | null {
  return value === undefined ? null : readLimit(String(value));
}

function profile(entry: ProfileEntry, name: string, folder: string): Profile {
  const settings = {
    name,
    ca: entry.ca === undefined ? null : path.resolve(folder, entry.ca),
    rate: entry.rate ?? null,
    concurrency: entry.concurrency ?? null,
    keyFields: { Ticket: entry.ticketKey ?? null, Message: entry.messageKey ?? null },
  };
  const { auth } = entry;
  if (auth.type === 'basic' || auth.type === 'ticket')
    return { kind: 'onsite', ...settings, url: rootOf(entry.url ?? ''), auth: onsiteAuth(auth, folder) };
  return {
    kind: 'online',
    ...settings,
    environment: entry.environment ?? 'online',
    tenant: entry.tenant ?? '',
    login: entry.login ?? null,
    auth: onlineAuth(auth, name, folder),
  };
}

function onsiteAuth(auth: OnsiteProfile['auth'], folder: string): OnsiteProfile['auth'] {
  return auth.type === 'basic'
    ? { type: 'basic', username: auth.username, password: secret(auth.password, folder) }
    : { type: 'ticket', ticket: secret(auth.ticket, folder) };
}

function onlineAuth(
  auth: Extract<ProfileEntry['auth'], { readonly clientId: string }>,
  name: string,
  folder: string,
): OnlineProfile['auth'] {
  if (auth.type === 'system-user')
    return {
      type: 'system-user',
      clientId: auth.clientId,
      clientSecret: secret(auth.clientSecret, folder),
      systemUserToken: secret(auth.systemUserToken, folder),
      privateKey: secret(auth.privateKey, folder),
    };
  return {
    type: 'oauth',
    clientId: auth.clientId,
    clientSecret: auth.clientSecret ? secret(auth.clientSecret, folder) : null,
    refreshToken: secret(auth.refreshToken ?? { keychain: `sic/${name}/refresh-token` }, folder),
    redirectPort: auth.redirectPort ?? null,
  };
}

/** People paste the address of the API as often as that of the installation: both are meant. */
function rootOf(url: string): string {
  return url
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/api(?:\/v1)?$/i, '')
    .replace(/\/+$/, '');
}

function secret<Ref extends SecretRef>(ref: Ref, folder: string): Ref | { readonly file: string } {
  return 'file' in ref ? { file: path.resolve(folder, ref.file) } : ref;
}

function mapping(entry: MappingEntry): Mapping {
  return {
    match: entry.match ?? null,
    datatype: entry.datatype ?? null,
    csv: { separator: entry.csv?.separator ?? null, encoding: entry.csv?.encoding ?? null },
    dates: listOf(entry.dates),
    decimal: entry.decimal ?? null,
    columns: mapValues(entry.fields, column),
    constants: mapValues(entry.constants, value => value),
    unknownColumns: entry.unknownColumns ?? 'refuse',
    empty: entry.empty ?? 'keep',
    duplicates: entry.duplicates ?? 'first',
  };
}

function column(entry: FieldEntry): ColumnMapping {
  if (entry === null || typeof entry === 'string') return { to: entry, values: new Map(), empty: null };
  return { to: entry.to, values: mapValues(entry.values, value => value), empty: entry.empty ?? null };
}

function search(entry: SearchEntry): SearchConfig {
  const { provider, datatype, fields } = entry;
  return {
    of:
      provider === undefined
        ? { kind: 'datatype', datatype: datatype ?? '' }
        : {
            kind: 'archive',
            provider,
            entities: entry.entities ?? '',
            key: entry.key ?? '',
            changed: entry.changed ?? null,
          },
    fields:
      fields?.flatMap(field =>
        typeof field === 'string'
          ? [{ name: field, expression: field }]
          : Object.entries(field).map(([name, expression]) => ({ name, expression })),
      ) ?? null,
    where: listOf(entry.where),
    criteria: entry.criteria ?? null,
    order: listOf(entry.order),
    cache: entry.cache ?? null,
  };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>> | undefined,
  change: (value: In, name: string) => Out,
): ReadonlyMap<string, Out> {
  return new Map(Object.entries(record ?? {}).map(([name, value]) => [name, change(value, name)]));
}
