import type {
  BasicAuth,
  ConflictPolicy,
  EarningMethod,
  KeptSecretRef,
  ListPolicy,
  OnlineEnvironment,
  SecretRef,
  SystemUserAuth,
  TicketAuth,
} from './config.ts';

/** A config file as it is written, after sic.schema.json found it good. */
export interface ConfigFile {
  readonly integrationId?: string;
  readonly defaultProfile?: string;
  readonly profiles?: Readonly<Record<string, ProfileEntry>>;
  readonly mappings?: readonly MappingEntry[];
  readonly lists?: Readonly<
    Record<string, { readonly missing: ListPolicy['missing']; readonly default?: string }>
  >;
  readonly fallbackAssociate?: string;
  readonly progIdPrefix?: string;
  readonly timeZone?: string;
  readonly onConflict?: ConflictPolicy | Readonly<Record<string, ConflictPolicy>>;
  readonly sales?: { readonly earningMethod?: EarningMethod };
  readonly tickets?: { readonly sendMail?: boolean };
  readonly documents?: { readonly template?: string; readonly maxMegabytes?: number };
  readonly zip?: { readonly password?: SecretRef };
  readonly history?: { readonly keepDays?: number | null; readonly keepValues?: boolean };
  readonly brakes?: {
    readonly maxErrors?: number | string;
    readonly maxChanges?: number | string;
    readonly maxRequests?: number;
    readonly deadline?: string;
  };
  readonly ping?: SecretRef;
  readonly searches?: Readonly<Record<string, SearchEntry>>;
}

/** Of a datatype, or of an archive with its key column. */
export interface SearchEntry {
  readonly datatype?: string;
  readonly provider?: string;
  readonly entities?: string;
  readonly key?: string;
  readonly changed?: string;
  readonly fields?: readonly (string | Readonly<Record<string, string>>)[];
  readonly where?: string | readonly string[];
  readonly criteria?: readonly string[];
  readonly order?: string | readonly string[];
  readonly cache?: string;
}

export interface ProfileEntry {
  /** An installation of one's own; or the next three. */
  readonly url?: string;
  readonly environment?: OnlineEnvironment;
  readonly tenant?: string;
  readonly login?: string;
  readonly ca?: string;
  readonly auth: BasicAuth | TicketAuth | SystemUserAuth | OAuthEntry;
  readonly rate?: number;
  readonly concurrency?: number;
  readonly ticketKey?: string;
  readonly messageKey?: string;
}

interface OAuthEntry {
  readonly type: 'oauth';
  readonly clientId: string;
  readonly clientSecret?: SecretRef;
  readonly refreshToken?: KeptSecretRef;
  readonly redirectPort?: number;
}

export interface MappingEntry {
  readonly match?: string;
  readonly datatype?: string;
  readonly csv?: { readonly separator?: string; readonly encoding?: string };
  readonly dates?: string | readonly string[];
  readonly decimal?: ',' | '.';
  readonly fields?: Readonly<Record<string, FieldEntry>>;
  readonly constants?: Readonly<Record<string, string | number | boolean>>;
  readonly unknownColumns?: 'refuse' | 'ignore';
  readonly empty?: 'keep' | 'clear';
  readonly duplicates?: 'first' | 'last';
}

export type FieldEntry =
  | string
  | null
  | {
      readonly to: string | null;
      readonly values?: Readonly<Record<string, string>>;
      readonly empty?: 'keep' | 'clear';
    };
