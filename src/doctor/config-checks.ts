import type { Config, SecretRef } from '../config/config.ts';
import type { FieldNames } from '../datatypes/udef.ts';
import { searchFaults } from '../export/check.ts';
import { searchNamed } from '../export/search.ts';
import { requireKnownLists } from '../mapping/list-names.ts';
import { type Check, checksOf } from './check.ts';
import { faultCheck } from './fault-check.ts';
import type { NamedSecret, Subject } from './subject.ts';

const { ok, advice, missing } = checksOf('config');

/** The config file, which was read well; what a schema cannot say about it. */
export function configFileChecks(config: Config, names: FieldNames): Check[] {
  const found =
    config.file === null
      ? ok('config file', 'There is none; everything has its default.')
      : ok('config file', `${config.file} is in order.`);
  const searches = searchChecks(config, names);
  try {
    requireKnownLists(config.lists.keys());
    return [found, ...searches];
  } catch (error) {
    return [found, faultCheck('config', 'lists', error), ...searches];
  }
}

/** Searches that cannot be run, as far as it can be told without SuperOffice. */
function searchChecks(config: Config, names: FieldNames): Check[] {
  return [...config.searches.keys()].flatMap(name =>
    searchFaults(searchNamed(config.searches, name), config, names).map(({ message, hint }) =>
      missing(`search ${name}`, message, hint ?? 'Correct the search.'),
    ),
  );
}

/** Which profile it is, and what it says. */
export function profileCheck({ profile, signIn, address, isEmbedded }: Subject): Check {
  if (isEmbedded) return ok('profile', `${profile}: the embedded SuperOffice.`);
  return ok('profile', `${profile}: ${address === null ? '' : `${shown(address)}, `}${signIn}.`);
}

/** Every secret is where the config says, and can be read by whoever runs this. `read` throws SicError. */
export async function secretChecks(
  secrets: readonly NamedSecret[],
  read: (secret: NamedSecret) => Promise<string>,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const secret of secrets)
    try {
      const value = await read(secret);
      checks.push(
        value === value.trim()
          ? ok('secret', `${capital(secret.what)} comes from ${placeOf(secret.ref)}.`)
          : advice(
              'secret',
              `${capital(secret.what)} comes from ${placeOf(secret.ref)}, and has blanks or line breaks around it.`,
              'Take them away, unless they belong to it.',
            ),
      );
    } catch (error) {
      checks.push(faultCheck('config', 'secret', error));
    }
  return checks;
}

/** Where a secret is, in words; never what it is. */
export function placeOf(ref: SecretRef): string {
  if ('env' in ref) return `the environment variable ${ref.env}`;
  if ('file' in ref) return `the file ${ref.file}`;
  return `the keychain entry ${ref.keychain}`;
}

/** Without a password, should it hold one. */
export function shown(address: URL): string {
  return `${address.origin}${address.pathname === '/' ? '' : address.pathname}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
