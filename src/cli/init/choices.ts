import path from 'node:path';
import type { OnlineEnvironment } from '../../config/config.ts';
import type { FirstFile, StarterProfile } from '../../config/starter.ts';
import { separatorOf, starterChecks } from '../../config/starter-checks.ts';
import type { StarterSecretPlace } from '../../config/starter-secrets.ts';
import { datatypes } from '../../datatypes/index.ts';
import { chooseDatatype, namesDatatype, requireDatatype } from '../../mapping/choose.ts';
import { shellWord } from '../../problems/shell-word.ts';
import { SicError } from '../../problems/sic-error.ts';
import type { InitFlags } from '../commands/init.ts';
import type { Answers } from './answers.ts';
import type { Choice } from './interview.ts';

type InitKind = 'online' | 'onsite';

/** Named where neither is given. */
export const placeFlags = '--online TENANT or --onsite URL';

export interface InitChoices {
  readonly profile: StarterProfile;
  readonly firstFile: FirstFile | null;
  /** The first file as it was named, for the next command. */
  readonly file: string | null;
}

/** What the config is to say. Throws SicError 'usage' for a flag that cannot be meant. */
export async function initChoices(
  file: string | undefined,
  flags: InitFlags,
  answers: Answers,
): Promise<InitChoices> {
  refuseContradictions(file, flags);
  const kind = await answers.choice<InitKind>(placeFlags, kindOf(flags), {
    text: 'Where is your SuperOffice?',
    choices: [
      { value: 'online', title: 'SuperOffice Online' },
      { value: 'onsite', title: 'an installation of your own' },
    ],
    fallback: null,
  });
  const place = kind === 'online' ? await onlinePlace(flags, answers) : await onsitePlace(flags, answers);
  if (place.auth === 'oauth' && flags.secrets === 'env')
    throw contradiction(
      '--secrets env',
      '--auth oauth',
      'sic login writes the sign-in of a person where it is kept, and cannot write into your environment: choose keychain or file.',
    );
  const secrets = await answers.choice('--secrets', flags.secrets, {
    text: place.auth === 'oauth' ? 'Where is the sign-in to be kept?' : 'Where are its secrets?',
    ...secretPlaces(place.auth),
  });
  const name = await answers.text('--name', flags.name ?? flags.profile, {
    text: 'Name of this profile',
    fallback: 'url' in place ? 'onsite' : profileNames[place.environment],
    fault: starterChecks.name,
  });
  return { profile: { ...place, name, secrets }, ...(await firstFile(file, flags, answers)) };
}

const profileNames: Readonly<Record<OnlineEnvironment, string>> = {
  sod: 'dev',
  stage: 'stage',
  online: 'prod',
};

/** Which kind of SuperOffice the flags are about, when they tell. */
function kindOf(flags: InitFlags): InitKind | undefined {
  if (flagsOf('onsite', flags).length > 0) return 'onsite';
  return flagsOf('online', flags).length > 0 ? 'online' : undefined;
}

/** The flags that were given and have a meaning only there. */
function flagsOf(kind: InitKind, flags: InitFlags): readonly string[] {
  const { online, environment, clientId, onsite, username, auth } = flags;
  const given: readonly (readonly [flag: string, isGiven: boolean])[] =
    kind === 'online'
      ? [
          ['--online', online !== undefined],
          ['--environment', environment !== undefined],
          ['--client-id', clientId !== undefined],
          [`--auth ${auth}`, auth === 'system-user' || auth === 'oauth'],
        ]
      : [
          ['--onsite', onsite !== undefined],
          ['--username', username !== undefined],
          [`--auth ${auth}`, auth === 'basic' || auth === 'ticket'],
        ];
  return given.flatMap(([flag, isGiven]) => (isGiven ? [flag] : []));
}

async function onlinePlace(flags: InitFlags, answers: Answers) {
  const environment = await answers.choice('--environment', flags.environment, {
    text: 'Which SuperOffice Online?',
    choices: [
      { value: 'online', title: 'production' },
      { value: 'sod', title: 'development (sod)' },
      { value: 'stage', title: 'stage' },
    ],
    fallback: 'online',
  });
  const tenant = await answers.text('--online', flags.online, {
    text: 'Its identifier, such as Cust12345',
    fallback: null,
    fault: starterChecks.tenant,
  });
  const auth = await answers.choice<'system-user' | 'oauth'>(
    '--auth',
    onlyOf(flags.auth, ['system-user', 'oauth']),
    {
      text: 'Who signs in?',
      choices: [
        { value: 'system-user', title: 'the system user of an application: for jobs that nobody watches' },
        { value: 'oauth', title: 'a person, with a browser' },
      ],
      fallback: null,
    },
  );
  const clientId = await answers.text('--client-id', flags.clientId, {
    text: 'The client id of the application, from the Developer Portal',
    fallback: null,
    fault: starterChecks.notEmpty,
  });
  return { auth, environment, tenant, clientId };
}

async function onsitePlace(flags: InitFlags, answers: Answers) {
  const url = await answers.text('--onsite', flags.onsite, {
    text: 'Its address, such as https://crm.example.com/SuperOffice',
    fallback: null,
    fault: starterChecks.url,
  });
  const auth = await answers.choice<'basic' | 'ticket'>('--auth', onlyOf(flags.auth, ['basic', 'ticket']), {
    text: 'How does sic sign in?',
    choices: [
      { value: 'basic', title: 'with user name and password' },
      { value: 'ticket', title: 'with a SuperOffice ticket' },
    ],
    fallback: 'basic',
  });
  if (auth === 'ticket') return { auth, url };
  const username = await answers.text('--username', flags.username, {
    text: 'The SuperOffice user',
    fallback: null,
    fault: starterChecks.notEmpty,
  });
  return { auth, url, username };
}

/** The first one counts when nobody is asked. */
function secretPlaces(auth: StarterProfile['auth']): {
  readonly choices: readonly Choice<StarterSecretPlace>[];
  readonly fallback: StarterSecretPlace;
} {
  const file = { value: 'file', title: 'in files that only you may read' } as const;
  const keychain = { value: 'keychain', title: 'in the keychain of this machine (not for cron)' } as const;
  if (auth === 'oauth') return { choices: [keychain, file], fallback: 'keychain' };
  const env = { value: 'env', title: 'in environment variables: works everywhere, cron included' } as const;
  return { choices: [env, keychain, file], fallback: 'env' };
}

async function firstFile(
  file: string | undefined,
  flags: InitFlags,
  answers: Answers,
): Promise<Pick<InitChoices, 'firstFile' | 'file'>> {
  const named = await answers.text('FILE', file, {
    text: 'A first file whose columns need a mapping, such as kunder.csv (Enter: none)',
    fallback: '',
    fault: starterChecks.notEmpty,
  });
  if (named === '') return { firstFile: null, file: null };
  const datatype = await answers.text('--datatype', flags.datatype, {
    text: `What does it hold (${datatypes.map(({ name }) => name).join(', ')})`,
    fallback: namesDatatype(named) ? chooseDatatype(named, null, null, null).name : null,
    fault: datatypeFault,
  });
  const separator = /\.(?:json|ndjson|jsonl|xml|zip)$/i.test(named)
    ? ''
    : await answers.text('--separator', flags.separator, {
        text: 'What separates its cells (Enter: sic finds out)',
        fallback: '',
        fault: starterChecks.separator,
      });
  return {
    file: named,
    firstFile: {
      name: path.basename(named),
      datatype: datatype === '' ? '' : requireDatatype(datatype, '--datatype').name,
      separator: separatorOf(separator),
    },
  };
}

function datatypeFault(name: string): string | null {
  try {
    requireDatatype(name, 'The answer');
    return null;
  } catch (error) {
    if (error instanceof SicError) return error.hint;
    throw error;
  }
}

function refuseContradictions(file: string | undefined, flags: InitFlags): void {
  const [online] = flagsOf('online', flags);
  const [onsite] = flagsOf('onsite', flags);
  if (online !== undefined && onsite !== undefined)
    throw contradiction(
      online,
      onsite,
      'For SuperOffice Online: --online, --environment, --client-id, --auth system-user or oauth. For an installation of your own: --onsite, --username, --auth basic or ticket.',
    );
  if (flags.auth === 'ticket' && flags.username !== undefined)
    throw contradiction('--username', '--auth ticket', 'A ticket says itself whose it is.');
  if (flags.name !== undefined && flags.profile !== undefined && flags.name !== flags.profile)
    throw contradiction('--name', '--profile', 'Both name the profile to write: leave one of them out.');
  if (file === undefined)
    for (const flag of ['datatype', 'separator'] as const)
      if (flags[flag] !== undefined)
        throw new SicError('usage', `--${flag} tells about the first file, and none is named.`, {
          hint: `Name it: sic init kunder.csv --${flag} ${shellWord(flags[flag])}`,
        });
}

function contradiction(one: string, other: string, hint: string): SicError {
  return new SicError('usage', `${one} and ${other} contradict each other.`, { hint });
}

/** The flag where it is one of these; what it is else was refused already. */
function onlyOf<Value extends string>(
  given: string | undefined,
  allowed: readonly Value[],
): Value | undefined {
  return allowed.find(value => value === given);
}
