import type { SecretRef } from '../config/config.ts';

/** A secret that the profile needs, and what it is for messages: `the password of profile "prod"`. */
export interface NamedSecret {
  readonly ref: SecretRef;
  readonly what: string;
  /** False: for something else, such as zip files. */
  readonly signsIn: boolean;
}

/** What the config says about the SuperOffice that is looked at, whichever way it signs in. */
export interface Subject {
  readonly profile: string;
  /** Who signs in, and how: `"SIC" with a password`. */
  readonly signIn: string;
  /** Root of the REST service where the config names it, of the login host where it does not; null: the embedded SuperOffice. */
  readonly address: URL | null;
  readonly secrets: readonly NamedSecret[];
  /** Requests per second (0: no limit) and at once, and who says so: `--rate`, `the profile`, `the default`. */
  readonly rate: { readonly perSecond: number; readonly atOnce: number; readonly from: string };
  readonly isEmbedded: boolean;
}
