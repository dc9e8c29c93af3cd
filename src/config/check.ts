import type { Ajv } from 'ajv';
import schema from '../../sic.schema.json' with { type: 'json' };
import { datatypeNamed, datatypes } from '../datatypes/index.ts';
import { didYouMean } from '../problems/did-you-mean.ts';
import { openAjv } from './ajv.ts';
import type { ConfigFile, MappingEntry, ProfileEntry, SearchEntry } from './config-file.ts';
import { type ConfigFault, readablePath } from './fault.ts';
import { isConfig } from './is-config.ts';
import { pointerPart } from './json-text.ts';
import { sandboxProfile } from './profiles.ts';
import { sentences } from './sentences.ts';
import { urlFault } from './url.ts';

export type Checked =
  | { readonly ok: true; readonly config: ConfigFile }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** Holds a parsed config file against sic.schema.json and against what a schema cannot say. All mistakes at once. */
export function checkConfig(value: unknown): Checked {
  if (!isConfig(value)) return { ok: false, faults: schemaFaults(value) };
  const faults = [
    ...Object.entries(value.profiles ?? {}).flatMap(([name, profile]) => profileFaults(name, profile)),
    ...defaultProfileFaults(value),
    ...(value.mappings ?? []).flatMap(mappingFaults),
    ...addedCountryFaults(value),
    ...timeZoneFaults(value),
    ...Object.entries(value.searches ?? {}).flatMap(([name, search]) => searchFaults(name, search)),
  ];
  return faults.length === 0 ? { ok: true, config: value } : { ok: false, faults };
}

/** What the schema says is wrong, and what is wrong besides with searches. */
function schemaFaults(value: unknown): ConfigFault[] {
  const ajv = openAjv();
  const matches = ajv.compile(schema);
  matches(value);
  const told = sentences(matches.errors ?? []);
  return [...told, ...otherSearchFaults(value, told, ajv)];
}

/** What else is wrong with searches that are written as they should be: the others are not a reason to tell it later. */
function otherSearchFaults(value: unknown, told: readonly ConfigFault[], ajv: Ajv): ConfigFault[] {
  const isSearch = ajv.compile<SearchEntry>({
    definitions: schema.definitions,
    $ref: '#/definitions/search',
  });
  const searches: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'searches') : null;
  if (typeof searches !== 'object' || searches === null || Array.isArray(searches)) return [];
  return Object.entries(searches).flatMap(([name, search]: [string, unknown]) => {
    const pointer = `/searches${pointerPart(name)}`;
    const isTold = told.some(fault => `${fault.pointer}/`.startsWith(`${pointer}/`));
    return !isTold && isSearch(search) ? searchFaults(name, search) : [];
  });
}

function profileFaults(name: string, profile: ProfileEntry): ConfigFault[] {
  const pointer = `/profiles${pointerPart(name)}`;
  const faults: ConfigFault[] = [];
  if (name === sandboxProfile)
    faults.push({
      pointer,
      message: `${readablePath(pointer)}: the name "sandbox" is taken by the embedded SuperOffice. Choose another one.`,
    });
  for (const name of ['url', 'login'] as const) {
    const address = profile[name];
    const message = address === undefined ? null : urlFault(address);
    if (message !== null)
      faults.push({
        pointer: `${pointer}/${name}`,
        message: `${readablePath(`${pointer}/${name}`)} ${message}`,
      });
  }
  const message = placeFault(profile) ?? signInFault(profile);
  if (message !== null) faults.push({ pointer, message: `${readablePath(pointer)}: ${message}` });
  return faults;
}

const eitherOr =
  'Write "url" for an installation of your own, or "environment" and "tenant" for SuperOffice Online.';

/** What is wrong with the place a profile leads to; null: nothing. */
function placeFault({ url, environment, tenant, login, auth }: ProfileEntry): string | null {
  if (url !== undefined) {
    if (environment !== undefined) return `"url" and "environment" exclude each other. ${eitherOr}`;
    const stray = tenant !== undefined ? 'tenant' : login !== undefined ? 'login' : null;
    return stray === null ? null : `"${stray}" has no meaning beside "url". ${eitherOr}`;
  }
  const isOnline = tenant !== undefined || login !== undefined || 'clientId' in auth;
  if (environment === undefined)
    return isOnline
      ? '"environment" is missing. Write "sod", "stage" or "online", and "tenant".'
      : `"url" is missing. ${eitherOr}`;
  return tenant === undefined
    ? '"tenant" is missing. SuperOffice Online needs it: it looks like "Cust12345".'
    : null;
}

/** Whether the kind of sign-in belongs to the kind of installation (reading.md, section 4). */
function signInFault({ url, auth }: ProfileEntry): string | null {
  const isOnline = 'clientId' in auth;
  if (url !== undefined && isOnline)
    return `"${auth.type}" is a way to sign in to SuperOffice Online, and "url" leads to an installation of your own. For that use "basic" or "ticket"; for SuperOffice Online write "environment" and "tenant" in place of "url".`;
  if (url === undefined && !isOnline)
    return `"${auth.type}" is a way to sign in to an installation of your own. SuperOffice Online takes "system-user" (for jobs) or "oauth" (for a person).`;
  return null;
}

function defaultProfileFaults(config: ConfigFile): ConfigFault[] {
  const { defaultProfile, profiles = {} } = config;
  if (
    defaultProfile === undefined ||
    defaultProfile === sandboxProfile ||
    Object.hasOwn(profiles, defaultProfile)
  )
    return [];
  const names = Object.keys(profiles);
  return [
    {
      pointer: '/defaultProfile',
      message: `defaultProfile is "${defaultProfile}", but there is no such profile${names.length === 0 ? '.' : `: there is ${names.join(', ')}.`}`,
    },
  ];
}

function timeZoneFaults({ timeZone }: ConfigFile): ConfigFault[] {
  if (timeZone === undefined) return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return [];
  } catch {
    return [
      {
        pointer: '/timeZone',
        message: `timeZone is "${timeZone}", which is no time zone: write one such as "Europe/Oslo" or "UTC".`,
      },
    ];
  }
}

/** Two columns cannot go to one field: which of them should win? */
function mappingFaults(mapping: MappingEntry, index: number): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const taken = new Map<string, string>();
  for (const [column, entry] of Object.entries(mapping.fields ?? {})) {
    const to = typeof entry === 'object' ? (entry?.to ?? null) : entry;
    if (to === null) continue;
    const earlier = taken.get(to);
    const pointer = `/mappings/${index}/fields${pointerPart(column)}`;
    if (earlier !== undefined)
      faults.push({
        pointer,
        message: `${readablePath(pointer)} goes to "${to}", and so does "${earlier}". Keep one of them, and set the other to null.`,
      });
    taken.set(to, column);
  }
  return faults;
}

/** A search is of a datatype or of an archive, and its columns have names of their own. */
function searchFaults(
  name: string,
  { datatype, provider, entities, key, changed, fields = [] }: SearchEntry,
): ConfigFault[] {
  const pointer = `/searches${pointerPart(name)}`;
  const at = (message: string, where = pointer): ConfigFault => ({
    pointer: where,
    message: `${readablePath(where)}${message}`,
  });
  const faults: ConfigFault[] = [];
  if ((datatype === undefined) === (provider === undefined))
    faults.push(
      at(': write either "datatype" (Company, Person, …) or "provider" (an archive of SuperOffice).'),
    );
  const known = datatypes.map(each => each.name);
  if (datatype !== undefined && datatypeNamed(datatype) === null) {
    const near = didYouMean(datatype, known);
    const advice = near === null ? `Known are ${known.join(', ')}.` : `Did you mean "${near}"?`;
    faults.push(at(` is "${datatype}", which is no datatype. ${advice}`, `${pointer}/datatype`));
  }
  if (provider !== undefined && key === undefined)
    faults.push(at(': "key" is missing: the column with the number of each row, such as "contactId".'));
  if (provider !== undefined && fields.length === 0)
    faults.push(at(': "fields" is missing: an archive has no columns of its own accord.'));
  const strays = provider === undefined ? Object.entries({ entities, key, changed }) : [];
  for (const [stray, value] of strays)
    if (value !== undefined) faults.push(at(' has a meaning beside "provider" only.', `${pointer}/${stray}`));
  const seen = new Set<string>();
  for (const [index, field] of fields.entries())
    for (const column of typeof field === 'string' ? [field] : Object.keys(field)) {
      if (seen.has(column))
        faults.push(at(`: the column "${column}" is there twice.`, `${pointer}/fields/${index}`));
      seen.add(column);
    }
  return faults;
}

function addedCountryFaults({ lists = {} }: ConfigFile): ConfigFault[] {
  return ['CountryName', 'Country']
    .filter(name => Object.hasOwn(lists, name) && lists[name]?.missing === 'add')
    .map(name => {
      const pointer = `/lists${pointerPart(name)}/missing`;
      return {
        pointer,
        message: `${readablePath(pointer)} is "add", but an import never adds countries. Choose reject, blank or default.`,
      };
    });
}
