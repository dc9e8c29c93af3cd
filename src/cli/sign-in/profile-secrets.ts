import type { Profile, SecretRef } from '../../config/config.ts';
import { readSecret } from '../../config/secrets.ts';
import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';

/**
 * Reads every secret that a profile signs in with by itself, so that somebody who sets it up hears of all that is missing at
 * once. Throws SicError 'config'.
 */
export async function checkSecrets(profile: Profile, context: Context): Promise<void> {
  const { env, keychain, conceal } = context;
  const faults: SicError[] = [];
  for (const { ref, setting, what } of secretsOf(profile))
    try {
      const secret = await readSecret(ref, { env, ...(keychain ? { keychain } : {}) }, what);
      conceal(() => [secret]);
      if (setting === 'privateKey') await checkKey(secret, what);
    } catch (error) {
      if (!(error instanceof SicError)) throw error;
      faults.push(error);
    }
  const [first, ...more] = faults;
  if (first === undefined) return;
  if (more.length === 0) throw first;
  throw new SicError(
    'config',
    `Profile "${profile.name}" cannot sign in: ${faults.length} of its secrets are missing or unusable.`,
    {
      detail: faults.map(({ message, hint }) => `${message}\n→ ${hint ?? ''}`).join('\n'),
      hint: 'Put each in its place, then run the same command again.',
    },
  );
}

/** A secret that a profile signs in with. */
export interface ProfileSecret {
  readonly ref: SecretRef;
  readonly setting: string;
  /** For messages: `the password of profile "prod"`. */
  readonly what: string;
}

/** Those that somebody puts in place; what a person's sign-in leaves behind is kept by sic itself. */
export function secretsOf({ auth, name }: Profile): readonly ProfileSecret[] {
  const named = (ref: SecretRef, setting: string, words: string): ProfileSecret => ({
    ref,
    setting,
    what: `the ${words} of profile "${name}"`,
  });
  switch (auth.type) {
    case 'basic':
      return [named(auth.password, 'password', 'password')];
    case 'ticket':
      return [named(auth.ticket, 'ticket', 'ticket')];
    case 'system-user':
      return [
        named(auth.clientSecret, 'clientSecret', 'client secret'),
        named(auth.systemUserToken, 'systemUserToken', 'system user token'),
        named(auth.privateKey, 'privateKey', 'private key'),
      ];
    case 'oauth':
      return auth.clientSecret === null ? [] : [named(auth.clientSecret, 'clientSecret', 'client secret')];
  }
}

async function checkKey(text: string, what: string): Promise<void> {
  const { readPrivateKey } = await import('../../superoffice/sign-in/private-key.ts');
  readPrivateKey(text, what);
}
