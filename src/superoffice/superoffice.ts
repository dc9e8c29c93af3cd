import type { UdefType } from '../datatypes/field.ts';
import type { ArchiveQuery, ArchiveRow } from './archive.ts';
import type { ArchiveColumnInfo } from './archive-columns.ts';
import type { Contents } from './contents.ts';
import type { Upsert, Upserted } from './database-table.ts';
import type { PatchOperation } from './entities.ts';
import type { ForeignKeys } from './foreign-keys.ts';
import type { Http } from './http.ts';
import type { Mail } from './mail.ts';
import type { OpenPoints } from './open-points.ts';
import type { InterestChange, Saved } from './records.ts';
import type { SaleStage } from './sale-stages.ts';
import type { ServerClock } from './transport.ts';
import type { UdefLayouts } from './udef-layout.ts';
import type { WideLists } from './wide-lists.ts';

/** One signed-in connection to one tenant, for the length of one run. Built by `connect()`. */
export interface SuperOffice {
  /** Who and what was reached, for results and for `.sic` folders: `Cust12345`, or host and path onsite. */
  readonly tenant: string;
  /** Requests on the wire so far; retries are counted in `total` too. */
  readonly requests: {
    readonly total: number;
    readonly read: number;
    readonly write: number;
    readonly retried: number;
  };

  /** What the documents leave open, as this tenant answers it. */
  readonly openPoints: OpenPoints;
  /** Set where very many records are looked up: lists of keys may then be longer than usual. */
  readonly wideLists?: WideLists;
  /** For requests that have no method here: experiments. */
  readonly http: Http;

  /**
   * The same connection for what settles the fate of a record already begun: it goes before everything else, and no brake
   * holds it.
   */
  finishing(): SuperOffice;

  /** Who is signed in. Asked once per run. */
  principal(): Promise<Principal>;
  /** Rows of an archive provider, ids and display texts of every column. Sends as many requests as the query needs. */
  archive(query: ArchiveQuery): Promise<ArchiveRow[]>;
  /**
   * The same page by page, as they come by key, in memory for one page. The next one is asked for when it is wanted:
   * `ahead()` asks earlier.
   */
  archivePages(query: ArchiveQuery): AsyncIterable<ArchiveRow[]>;
  /**
   * The columns of an archive provider by name, as the server spells them (`findArchiveColumn` takes any letter case).
   * Which there are differs from tenant to tenant. Read once per run and provider.
   */
  archiveColumns(provider: string): Promise<ReadonlyMap<string, ArchiveColumnInfo>>;
  /** POST. Never sent twice: when the answer is lost, throws a SuperOfficeError with `lost: true`. */
  create(entity: string, body: Readonly<Record<string, unknown>>): Promise<Saved>;
  /** JSON Patch of one record. Safe to repeat, so a lost answer is retried. */
  patch(entity: string, id: number, operations: readonly PatchOperation[]): Promise<Saved>;
  /** Id of the associate who made a record; 0 when SuperOffice does not say. */
  creatorOf(entity: string, id: number): Promise<number>;
  /**
   * Ticks and unticks interests of a company or person; leaves the others (agent UpdateInterests).
   * @param completes other fields of the record were written before
   */
  updateInterests(entity: string, id: number, change: InterestChange, completes?: boolean): Promise<void>;
  /**
   * Writes rows of one table, for system users only. Safe to repeat, so a lost answer is retried.
   * @param completes something of these records was written before
   */
  upsert(upsert: Upsert, completes?: boolean): Promise<Upserted>;
  /** Deletes a record; done as well when it is not there. For undo: no import deletes. */
  remove(entity: string, id: number): Promise<void>;

  /** Files of documents and messages. */
  readonly contents: Contents;
  /** User keys of records that have no field for one. */
  readonly foreignKeys: ForeignKeys;
  /** Sends a saved message by mail. Never sent twice: `lost` means that it may have gone out. */
  sendMessage(messageId: number, mail: Mail): Promise<void>;

  /** The stages of a type of sale. Read once per run and type. */
  saleStages(saleTypeId: number): Promise<readonly SaleStage[]>;
  /** A list by its typed name (`Category`) or MDO name (`contint`, `udlist12`). Read once per run. */
  list(name: string): Promise<SuperOfficeList>;
  /** Every user, retired ones included. Read once per run. */
  associates(): Promise<readonly Associate[]>;
  countries(): Promise<readonly Country[]>;
  /** Published user-defined fields of an entity by Prog ID; of requests and messages the extra fields by name. Read once per run. */
  udefs(entity: string): Promise<ReadonlyMap<string, UdefDefinition>>;
  /** Makes user-defined fields; for those who prepare a tenant, never for an import. */
  readonly udefLayouts: UdefLayouts;

  /** What the clock of the server showed in its last answer; null when it named none. */
  serverClock(): ServerClock | null;
  /** Build of the server: `11.10.721.0`; '' when it does not say. */
  netServerVersion(): Promise<string>;
  /** Waits for nothing, gives sockets back. */
  close(): Promise<void>;
}

export interface Principal {
  readonly associateId: number;
  /** Login name: `ANDERSDYRE`. */
  readonly associate: string;
  readonly fullName: string;
  readonly isSystemUser: boolean;
  /** Tells one database from another behind the same address; '' when SuperOffice does not say. */
  readonly database: string;
  /** As SuperOffice calls it: `InternalAssociate`, `SystemAssociate`, … */
  readonly userType: string;
  readonly email: string;
  readonly role: string;
  /** Functional rights by their keys: `allow-bulk-edit`. Empty where SuperOffice lists none. */
  readonly functionRights: readonly string[];
}

export interface SuperOfficeList {
  readonly name: string;
  readonly items: readonly ListItem[];
  /** False for lists whose items carry behaviour (currencies, tasks, …): they are made by people. */
  readonly addable: boolean;
  /** Letter case does not tell its items apart. */
  readonly ignoresCase: boolean;
  /**
   * The item a file means by `text`: exact match, letter case included, with the name in any language or with the raw
   * multi-language name; outer spaces are trimmed. Deleted items do not count.
   */
  find(text: string): ListItem | null;
  byId(id: number): ListItem | null;
  /** An item that differs only in letter case, to warn of near-duplicates. */
  findIgnoringCase(text: string): ListItem | null;
  /**
   * Adds an item (or un-deletes a deleted namesake) and answers it. Asked for the same name twice, even at the same
   * time, it sends one request.
   */
  add(text: string): Promise<ListItem>;
}

export interface ListItem {
  readonly id: number;
  /** For people: the English variant of a multi-language name, else the name. */
  readonly name: string;
  /** As SuperOffice stores it: `US:"Customer";NO:"Kunde"`. */
  readonly raw: string;
  /** The last step of an item whose name is a path, which finds it too where no other item ends so; else null. */
  readonly leaf: string | null;
  readonly deleted: boolean;
}

export interface Associate {
  readonly id: number;
  readonly name: string;
  readonly fullName: string;
  readonly userName: string;
  readonly email: string;
  /** The person record behind the user, and its company (the owner company for employees). */
  readonly personId: number;
  readonly contactId: number;
  readonly active: boolean;
}

export interface Country {
  readonly id: number;
  readonly name: string;
  readonly englishName: string;
  readonly zipPrefix: string;
  readonly iso2: string;
  readonly iso3: string;
  /** `name` in every language. */
  readonly names: readonly string[];
}

export interface UdefDefinition {
  readonly progId: string;
  readonly label: string;
  readonly type: UdefType;
  /** Characters; 0 for types that are not text. */
  readonly length: number;
  readonly indexed: boolean;
  readonly readOnly: boolean;
  readonly mandatory: boolean;
  /** Name under which `list()` finds the items of a list field; null for other types. */
  readonly list: string | null;
}
