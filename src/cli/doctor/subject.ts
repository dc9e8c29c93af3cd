import type { Config, Profile } from '../../config/config.ts';
import type { ChosenProfile } from '../../config/profiles.ts';
import type { NamedSecret, Subject } from '../../doctor/subject.ts';
import { loginHost } from '../../superoffice/sign-in/login-host.ts';
import type { DoctorFlags } from '../commands/doctor.ts';
import { defaultConcurrency, defaultRate } from '../connection.ts';
import { secretsOf } from '../sign-in/profile-secrets.ts';

/** What the chosen profile says about itself, for the doctor to look at. */
export function subjectOf(chosen: ChosenProfile, config: Config, flags: DoctorFlags): Subject {
  const { name, kind } = chosen;
  const profile = chosen.kind === 'tenant' ? chosen.profile : null;
  const from =
    flags.rate !== undefined ? '--rate' : profile?.rate != null ? `profile "${name}"` : 'the default';
  return {
    profile: name,
    signIn: profile === null ? 'its own user' : signInOf(profile),
    address: profile === null ? null : addressOf(profile),
    secrets: [...signInSecrets(profile), ...zipSecret(config)],
    rate: {
      perSecond: flags.rate ?? profile?.rate ?? defaultRate(kind),
      atOnce: flags.concurrency ?? profile?.concurrency ?? defaultConcurrency(kind),
      from,
    },
    isEmbedded: kind === 'sandbox',
  };
}

/** Online only the login host is known: where the tenant is has to be asked there. */
function addressOf(profile: Profile): URL {
  return new URL(
    profile.kind === 'onsite' ? profile.url : loginHost(profile.environment, profile.login).root,
  );
}

function signInOf(profile: Profile): string {
  const tenant = profile.kind === 'online' ? ` to ${profile.tenant}` : '';
  switch (profile.auth.type) {
    case 'basic':
      return `as "${profile.auth.username}" with a password`;
    case 'ticket':
      return 'with a ticket';
    case 'system-user':
      return `as the system user of an application${tenant}`;
    case 'oauth':
      return `as a person${tenant}`;
  }
}

function signInSecrets(profile: Profile | null): NamedSecret[] {
  return profile === null ? [] : secretsOf(profile).map(secret => ({ ...secret, signsIn: true }));
}

function zipSecret({ zip }: Config): NamedSecret[] {
  return zip.password === null
    ? []
    : [{ ref: zip.password, what: 'the password of encrypted zip files', signsIn: false }];
}
