import { Ajv } from 'ajv';
import schema from '../../sic.schema.json' with { type: 'json' };
import type { ConfigFile, MappingEntry, ProfileEntry } from './config-file.ts';
import { type ConfigFault, readablePath } from './fault.ts';
import { pointerPart } from './json-text.ts';
import { sandboxProfile } from './profiles.ts';
import { sentences } from './sentences.ts';
import { urlFault } from './url.ts';

export type Checked =
  | { readonly ok: true; readonly config: ConfigFile }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** Holds a parsed config file against sic.schema.json and against what a schema cannot say. All mistakes at once. */
export function checkConfig(value: unknown): Checked {
  const ajv = new Ajv({ allErrors: true, verbose: true, discriminator: true, allowUnionTypes: true });
  const matches = ajv.compile<ConfigFile>(schema);
  if (!matches(value)) return { ok: false, faults: sentences(matches.errors ?? []) };
  const faults = [
    ...Object.entries(value.profiles ?? {}).flatMap(([name, profile]) => profileFaults(name, profile)),
    ...defaultProfileFaults(value),
    ...(value.mappings ?? []).flatMap(mappingFaults),
    ...addedCountryFaults(value),
    ...timeZoneFaults(value),
  ];
  return faults.length === 0 ? { ok: true, config: value } : { ok: false, faults };
}

function profileFaults(name: string, profile: ProfileEntry): ConfigFault[] {
  const pointer = `/profiles${pointerPart(name)}`;
  const faults: ConfigFault[] = [];
  if (name === sandboxProfile)
    faults.push({
      pointer,
      message: `${readablePath(pointer)}: the name "sandbox" is taken by the embedded SuperOffice. Choose another one.`,
    });
  const message = urlFault(profile.url);
  if (message !== null)
    faults.push({ pointer: `${pointer}/url`, message: `${readablePath(`${pointer}/url`)} ${message}` });
  return faults;
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
