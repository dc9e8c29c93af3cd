import path from 'node:path';
import type { KeptSecretRef, OAuthAuth, OnlineProfile } from '../../config/config.ts';
import { type KeptSecret, keptSecret } from '../../config/kept-secret.ts';
import { type Keychain, keychainPlace } from '../../config/keychain.ts';
import { ensureStateFolder } from '../../state/folder.ts';

export interface KeptSignInPorts {
  /** Folder of this profile in the state folder. */
  readonly stateFolder: string;
  /** Loads the keychain in place of keytar. */
  readonly keychain?: (() => Promise<Keychain>) | undefined;
}

/** Where a secret of ours lies, and how to call that place. */
export interface KeptPlace {
  /** `keychain entry sic/me/refresh-token`, or the path of the file. */
  readonly place: string;
  readonly secret: KeptSecret;
}

/** The sign-in of a person between runs: a refresh token. Every call may throw SicError 'config' or 'state'. */
export interface KeptSignIn {
  /** null: nobody is signed in. */
  read(): Promise<string | null>;
  /** Replaces the token where it is. */
  write(token: string): Promise<void>;
  /** Where the profile says, which is the keychain unless it names a file. */
  readonly configured: KeptPlace;
  /** A file in the state folder, for machines without a keychain. It goes first: it is only there when somebody asked for it. */
  readonly inFile: KeptPlace;
}

export function keptSignIn(
  { name }: OnlineProfile,
  { refreshToken }: OAuthAuth,
  { stateFolder, keychain }: KeptSignInPorts,
): KeptSignIn {
  const what = `the sign-in of profile "${name}"`;
  const configured = keptPlace(refreshToken, what, keychain);
  const file = path.join(stateFolder, 'refresh-token');
  const plain = keptSecret({ file }, what);
  const inFile: KeptPlace = {
    place: file,
    secret: {
      ...plain,
      async write(token) {
        await ensureStateFolder(stateFolder);
        await plain.write(token);
      },
    },
  };
  return {
    configured,
    inFile,
    read: async () => (await inFile.secret.read()) ?? configured.secret.read(),
    async write(token) {
      const { secret } = (await inFile.secret.read()) === null ? configured : inFile;
      await secret.write(token);
    },
  };
}

/** `what` names the secret for messages. */
export function keptPlace(
  ref: KeptSecretRef,
  what: string,
  keychain: (() => Promise<Keychain>) | undefined,
): KeptPlace {
  return { place: placeOf(ref), secret: keptSecret(ref, what, keychain) };
}

function placeOf(ref: KeptSecretRef): string {
  if ('file' in ref) return ref.file;
  const { service, account } = keychainPlace(ref.keychain);
  return `keychain entry ${service}/${account}`;
}
