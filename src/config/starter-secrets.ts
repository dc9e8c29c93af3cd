import type { SecretRef } from './config.ts';
import type { StarterProfile } from './starter.ts';

export type StarterSecretPlace = 'env' | 'keychain' | 'file';

/** A secret that a first config points at. */
export interface StarterSecret {
  /** `clientSecret` */
  readonly setting: string;
  /** `client secret` */
  readonly title: string;
  /** One line, for a comment. */
  readonly about: string;
  readonly ref: SecretRef;
  /** sic login writes it there; a person has nothing to store. */
  readonly kept: boolean;
}

/** In the order in which they stand in the config. */
export function starterSecrets(profile: StarterProfile): readonly StarterSecret[] {
  const { name, secrets } = profile;
  const secret = (setting: string, title: string, about: string): StarterSecret => ({
    setting,
    title,
    about,
    ref: placeOf(title.replaceAll(' ', '-'), name, secrets),
    kept: false,
  });
  switch (profile.auth) {
    case 'system-user':
      return [
        secret('clientSecret', 'client secret', "The application's secret, from the Developer Portal."),
        secret(
          'systemUserToken',
          'system user token',
          "What the tenant's administrator got when approving the application.",
        ),
        {
          setting: 'privateKey',
          title: 'private key',
          about: "The application's RSA key: PEM, or the XML of the Developer Portal. Only you may read it.",
          // A key has many lines: neither a variable nor a question takes it well.
          ref: { file: `keys/${name}.pem` },
          kept: false,
        },
      ];
    case 'oauth':
      return [
        {
          ...secret('refreshToken', 'refresh token', 'Where sic login keeps the sign-in.'),
          kept: true,
        },
      ];
    case 'basic':
      return [secret('password', 'password', 'The password of this user.')];
    case 'ticket':
      return [secret('ticket', 'ticket', 'A SuperOffice ticket.')];
  }
}

/** The places that the messages about a literal secret propose too. */
function placeOf(word: string, profile: string, place: StarterSecretPlace): SecretRef {
  switch (place) {
    case 'env':
      return { env: `SIC_${word.toUpperCase().replaceAll('-', '_')}` };
    case 'keychain':
      return { keychain: `sic/${profile}/${word}` };
    case 'file':
      return { file: `secrets/${word}` };
  }
}
