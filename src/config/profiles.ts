import { didYouMean } from '../problems/did-you-mean.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Config, Profile } from './config.ts';

/** The embedded SuperOffice: a profile that needs no config. */
export const sandboxProfile = 'sandbox';

export interface ProfileWish {
  /** `--profile` or `SIC_PROFILE`, and which of them it was; null: neither. */
  readonly named: { readonly name: string; readonly by: '--profile' | 'SIC_PROFILE' } | null;
  /** `--sandbox` */
  readonly sandbox: boolean;
}

export type ChosenProfile =
  | { readonly kind: 'sandbox'; readonly name: typeof sandboxProfile }
  | { readonly kind: 'tenant'; readonly name: string; readonly profile: Profile };

/** `--sandbox`, `--profile`, `SIC_PROFILE`, `defaultProfile`, or the only one there is. Throws SicError. */
export function chooseProfile(config: Config, wish: ProfileWish): ChosenProfile {
  const { named } = wish;
  if (wish.sandbox) {
    if (named?.by === '--profile' && named.name !== sandboxProfile)
      throw new SicError('usage', `--sandbox and --profile ${named.name} contradict each other.`, {
        hint: 'Leave one of them out: --sandbox means the embedded SuperOffice.',
      });
    return { kind: 'sandbox', name: sandboxProfile };
  }
  const name = named?.name ?? config.defaultProfile ?? onlyName(config);
  if (name === sandboxProfile) return { kind: 'sandbox', name: sandboxProfile };
  const profile = config.profiles.get(name);
  if (profile === undefined) throw unknownProfile(config, name, named?.by ?? 'defaultProfile');
  return { kind: 'tenant', name, profile };
}

function onlyName(config: Config): string {
  const names = [...config.profiles.keys()];
  const [first] = names;
  if (first === undefined)
    throw new SicError(
      'config',
      config.file === null
        ? 'No SuperOffice is configured: there is no sic.config.json here or in a folder above.'
        : `No SuperOffice is configured: ${config.file} has no "profiles".`,
      {
        hint: `Try it without one: add --sandbox to the command. Or describe your SuperOffice ${config.file === null ? 'in a config file: sic init writes one' : 'under "profiles"'}.`,
      },
    );
  if (names.length > 1)
    throw new SicError('config', `There are several profiles: ${names.join(', ')}.`, {
      hint: `Say which one: --profile ${first}, or "defaultProfile" in the config file.`,
    });
  return first;
}

function unknownProfile(config: Config, name: string, by: string): SicError {
  const names = [...config.profiles.keys(), sandboxProfile];
  const near = didYouMean(name, names);
  return new SicError('config', `There is no profile "${name}" (${by}).`, {
    hint: `${near === null ? '' : `Did you mean "${near}"? `}There is: ${names.join(', ')}.`,
  });
}
