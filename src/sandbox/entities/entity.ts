import type { Contents } from '../store/contents.ts';
import { type Database, type UdefField, type UdefOwner, udefOwners } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import type { Companion } from './companion.ts';
import type { Draft } from './draft.ts';
import type { EntityRecord, Property, Reading } from './property.ts';
import { sharedProperties } from './shared-properties.ts';
import type { Stamps } from './stamps.ts';

/** Entities of customer service have extra fields at most, never user-defined ones (writing.md, section 3). */
export type EntityName = UdefOwner | 'Ticket' | 'TicketMessage' | 'Attachment';

/** The name as that of an owner of user-defined fields; undefined for an entity that cannot have any. */
export function udefOwnerOf(name: EntityName): UdefOwner | undefined {
  return udefOwners.find(owner => owner === name);
}

const none: readonly UdefField[] = [];

/** The live user-defined fields of an entity. */
export function publishedFields(database: Database, name: EntityName): readonly UdefField[] {
  const owner = udefOwnerOf(name);
  return owner === undefined ? none : database.layout(owner).published;
}

/** What one entity is; verbs, patch, stamps and custom fields are the same for all. */
export interface EntityDescription {
  /** `Contact`: the name in routes, messages and agents. */
  readonly name: EntityName;
  readonly table: string;
  /** A second row that every record has, with columns of its own. */
  readonly companion?: Companion;
  /** Says which rows of the table are records of this entity; absent: all. */
  readonly holds?: (row: Readonly<DbRow>) => boolean;
  readonly idProperty: string;
  /** In the order of the specs, without the dictionaries, rights and links that every entity ends with. */
  readonly properties: readonly Property[];
  /** Those that the specs list behind the dictionaries. */
  readonly afterDictionaries?: readonly Property[];
  /** Fields with a `FieldProperties` entry that are no properties: `Address.Zipcode`. */
  readonly extraFields?: readonly Property[];
  /** Archives below `/{id}`, for `_Links`. */
  readonly archives: readonly string[];
  /** Columns every row has, empty; what a save without defaults leaves out stays so. */
  readonly blank: Readonly<DbRow>;
  /** Fills the columns that a new record starts with (writing.md, section 1.3). */
  readonly defaults: (draft: Draft) => void;
  /** Last look at a draft before it is saved: derived columns, references that must be there. */
  readonly complete: (draft: Draft) => void;
  /** Carries an update on to other tables; `changed` are the columns that differ from before. */
  readonly saved?: (row: Readonly<DbRow>, changed: ReadonlySet<string>, database: Database) => void;
  /** Default: `registered…` and `updated…`. */
  readonly stamps?: Stamps;
  /** Takes everything that hangs on a record away before its row goes; absent: deleting only marks the row. */
  readonly remove?: (row: Readonly<DbRow>, database: Database, contents: Contents) => void;
  /** The flat carrier of `GET /{id}/Simple`; absent: there is no such call. */
  readonly simple?: (id: number, reading: Reading) => unknown;
  /** `_Links` of its own: `Contact` → path below `/v1`. */
  readonly links?: (record: EntityRecord) => Readonly<Record<string, string>>;
}

export interface Entity extends EntityDescription {
  /** All properties of the carrier, in order. */
  readonly all: readonly Property[];
  readonly byLowerName: ReadonlyMap<string, Property>;
}

export function defineEntity(description: EntityDescription): Entity {
  const all = [...description.properties, ...sharedProperties(description)];
  return {
    ...description,
    all,
    byLowerName: new Map(all.map(property => [property.name.toLowerCase(), property])),
  };
}
