import type { Config, Profile } from '../config/config.ts';
import type { ChosenProfile } from '../config/profiles.ts';
import type { NamedSecret, Subject } from '../doctor/subject.ts';
import type { DoctorFlags } from './commands/doctor.ts';
import { defaultConcurrency, defaultRate } from './connection.ts';

/** What the chosen profile says about itself, for the doctor to look at. */
export function subjectOf(chosen: ChosenProfile, config: Config, flags: DoctorFlags): Subject {
  const { name, kind } = chosen;
  const profile = chosen.kind === 'tenant' ? chosen.profile : null;
  const from =
    flags.rate !== undefined ? '--rate' : profile?.rate != null ? `profile "${name}"` : 'the default';
  return {
    profile: name,
    signIn: profile === null ? 'its own user' : signInOf(profile),
    address: profile === null ? null : new URL(profile.url),
    secrets: [...(profile === null ? [] : secretsOf(profile)), ...zipSecret(config)],
    rate: {
      perSecond: flags.rate ?? profile?.rate ?? defaultRate(kind),
      atOnce: flags.concurrency ?? profile?.concurrency ?? defaultConcurrency(kind),
      from,
    },
    isEmbedded: kind === 'sandbox',
  };
}

function signInOf({ auth }: Profile): string {
  return auth.type === 'basic' ? `as "${auth.username}" with a password` : 'with a ticket';
}

function secretsOf({ auth, name }: Profile): NamedSecret[] {
  return auth.type === 'basic'
    ? [{ ref: auth.password, what: `the password of profile "${name}"` }]
    : [{ ref: auth.ticket, what: `the ticket of profile "${name}"` }];
}

function zipSecret({ zip }: Config): NamedSecret[] {
  return zip.password === null ? [] : [{ ref: zip.password, what: 'the password of encrypted zip files' }];
}
