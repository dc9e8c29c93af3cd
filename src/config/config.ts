import type { Limit } from './limit.ts';

/** A config file after checking, with defaults filled in. Paths are absolute. */
export interface Config {
  /** The file it came from, or null when there is none. */
  readonly file: string | null;
  /** Folder of the config file, else the working directory: relative paths and `.sic/` belong here. */
  readonly folder: string;
  readonly integrationId: string | null;
  readonly defaultProfile: string | null;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly mappings: readonly Mapping[];
  /** Per list: what happens with a value that SuperOffice does not have. */
  readonly lists: ReadonlyMap<string, ListPolicy>;
  /** Login name or full name that stands in for unknown associates; null: the signed-in user. */
  readonly fallbackAssociate: string | null;
  /** Prefix of Prog IDs of more-page columns. */
  readonly progIdPrefix: string;
  /** IANA name of the time zone SuperOffice keeps; null: times in files must not have an offset. */
  readonly timeZone: string | null;
  /** Which column the earning of a sale comes from; `auto`: the one that a row fills in. */
  readonly earningMethod: EarningMethod;
  /** Per datatype: who wins where a user changed a field since the last import. */
  readonly onConflict: ReadonlyMap<string, ConflictPolicy>;
  /** Messages with `SendTo` are sent by mail when they are new. */
  readonly sendMail: boolean;
  readonly documents: {
    /** Name of the template of new documents without one; null: SuperOffice's own default. */
    readonly template: string | null;
    /** Largest file of a document, in megabytes of 1,000,000 bytes. */
    readonly maxMegabytes: number;
  };
  /** Zip files: where the password of encrypted ones is; null: nowhere. */
  readonly zip: { readonly password: SecretRef | null };
  readonly history: {
    /** Older runs are removed; null: none ever. */
    readonly keepDays: number | null;
    /** Runs keep what they overwrite, so that they can be undone, and values of rows that need a look. */
    readonly keepValues: boolean;
  };
  /** What stops an import before its end, where no flag says otherwise. */
  readonly brakes: Brakes;
  /** Where the address is that is told how imports go; null: nowhere. */
  readonly ping: SecretRef | null;
  /** Exports by name, in the order of the file. */
  readonly searches: ReadonlyMap<string, SearchConfig>;
}

export interface Brakes {
  /** Of rows that were rejected or failed; null: any number. */
  readonly maxErrors: Limit | null;
  /** Of existing records that are updated; null: the default. */
  readonly maxChanges: Limit | null;
  /** Requests to SuperOffice; null: any number. */
  readonly maxRequests: number | null;
  /** Local time: `05:30`; null: none. */
  readonly deadline: string | null;
}

/** A named search. What its names mean is worked out when it is run, since more-page fields are the tenant's own. */
export interface SearchConfig {
  readonly of:
    | { readonly kind: 'datatype'; readonly datatype: string }
    /** Any archive of SuperOffice; its columns are the fields. `changed`: the column with the day of the last change. */
    | {
        readonly kind: 'archive';
        readonly provider: string;
        readonly entities: string;
        readonly key: string;
        readonly changed: string | null;
      };
  /** null: all that an import takes. */
  readonly fields: readonly SearchField[] | null;
  /** Criteria that always hold. */
  readonly where: readonly string[];
  /** Fields that `--where` may name; null: any. */
  readonly criteria: readonly string[] | null;
  /** `CreatedDate desc` */
  readonly order: readonly string[];
  /** How long an answer may be served again: `15m`; null: never. */
  readonly cache: string | null;
}

/** A column of an export: its name, and what is in it: a field, `year(CreatedDate)`, a text in quotes. */
export interface SearchField {
  readonly name: string;
  readonly expression: string;
}

/** `report`: nobody, the row is left alone and told. */
export type ConflictPolicy = 'file' | 'crm' | 'report';

export type EarningMethod = 'auto' | 'percent' | 'earning' | 'cost';

/** Where a secret is, never the secret. */
export type SecretRef = { readonly env: string } | { readonly file: string } | { readonly keychain: string };

/** One SuperOffice, and how to sign in to it. */
export type Profile = OnsiteProfile | OnlineProfile;

/** An installation of one's own. */
export interface OnsiteProfile extends ProfileSettings {
  readonly kind: 'onsite';
  /** Root of the installation without `/api`: `https://crm.example.com/SuperOffice`. */
  readonly url: string;
  readonly auth: BasicAuth | TicketAuth;
}

/** A tenant of SuperOffice Online. Where its data are is asked at every run. */
export interface OnlineProfile extends ProfileSettings {
  readonly kind: 'online';
  /** Development, stage or production. */
  readonly environment: OnlineEnvironment;
  /** `Cust12345` */
  readonly tenant: string;
  /** Address of a login host in place of the environment's own, or null. */
  readonly login: string | null;
  readonly auth: SystemUserAuth | OAuthAuth;
}

export type OnlineEnvironment = 'sod' | 'stage' | 'online';

interface ProfileSettings {
  readonly name: string;
  /** PEM file of authorities that are trusted beside those Node knows, or null. */
  readonly ca: string | null;
  /** Requests per second; null: the default of the kind of tenant. 0: no limit. */
  readonly rate: number | null;
  readonly concurrency: number | null;
  /** Extra fields that hold the user keys of requests and messages; null: the keys are foreign keys. */
  readonly keyFields: { readonly Ticket: string | null; readonly Message: string | null };
}

export interface BasicAuth {
  readonly type: 'basic';
  readonly username: string;
  readonly password: SecretRef;
}

export interface TicketAuth {
  readonly type: 'ticket';
  readonly ticket: SecretRef;
}

/** The system user of an application: for jobs that nobody watches. */
export interface SystemUserAuth {
  readonly type: 'system-user';
  readonly clientId: string;
  readonly clientSecret: SecretRef;
  readonly systemUserToken: SecretRef;
  /** PEM or the .NET XML of the Developer Portal. */
  readonly privateKey: SecretRef;
}

/** A person who signs in with a browser. */
export interface OAuthAuth {
  readonly type: 'oauth';
  readonly clientId: string;
  /** null: a native application without one. */
  readonly clientSecret: SecretRef | null;
  /** Where the sign-in is kept between runs. Never an environment variable: it is written there. */
  readonly refreshToken: KeptSecretRef;
  /** Port of this machine to which the browser comes back; null: any free one. */
  readonly redirectPort: number | null;
}

/** A place that a secret can be written to. */
export type KeptSecretRef = Exclude<SecretRef, { readonly env: string }>;

export interface ListPolicy {
  readonly missing: 'add' | 'reject' | 'blank' | 'default';
  /** The value taken instead, for `missing: default`. */
  readonly default: string | null;
}

export interface Mapping {
  /** Glob on the file's base name; null matches every file. */
  readonly match: string | null;
  readonly datatype: string | null;
  readonly csv: { readonly separator: string | null; readonly encoding: string | null };
  /** Date patterns such as `dd-MM-yyyy`, tried before the built-in ones. */
  readonly dates: readonly string[];
  /** The decimal mark; null: comma or dot. */
  readonly decimal: ',' | '.' | null;
  /** File column → what becomes of it. */
  readonly columns: ReadonlyMap<string, ColumnMapping>;
  readonly constants: ReadonlyMap<string, string | number | boolean>;
  readonly unknownColumns: 'refuse' | 'ignore';
  /** What an empty cell does where the column does not say. */
  readonly empty: 'keep' | 'clear';
  readonly duplicates: 'first' | 'last';
}

export interface ColumnMapping {
  /** Destination field; null: the column is ignored. */
  readonly to: string | null;
  /** Value table, exact match after trimming; values not in it pass unchanged. */
  readonly values: ReadonlyMap<string, string>;
  readonly empty: 'keep' | 'clear' | null;
}
