import type { Field } from './field.ts';

export type DatatypeName =
  | 'Company'
  | 'Person'
  | 'Project'
  | 'Sale'
  | 'Appointment'
  | 'Document'
  | 'Ticket'
  | 'Message';

/** What SuperOffice calls it in `/v1/{entity}`. */
export type EntityName =
  | 'Contact'
  | 'Person'
  | 'Project'
  | 'Sale'
  | 'Appointment'
  | 'Document'
  | 'Ticket'
  | 'TicketMessage';

/**
 * Columns besides the catalogue's: more-page fields (`CompUserText01`, prefix `Comp`), or the extra fields (`x_…`) of
 * entities that have no more pages (reading.md, section 14.1). The latter keep their user key in `keyTable`, as a
 * foreign key, unless the profile names an extra field for it.
 */
export type CustomColumns =
  | { readonly kind: 'udef'; readonly prefix: string }
  | { readonly kind: 'extra'; readonly keyTable: 'ticket' | 'ej_message' };

/** Where SuperOffice keeps a datatype, and how a record of it is found again. */
export interface Datatype {
  readonly name: DatatypeName;
  /** File-name words that tell this datatype, lower case: `company`, `companies`. */
  readonly fileWords: readonly string[];
  /** One sentence for help and docs. */
  readonly meaning: string;
  /** REST entity: `Contact` in `/v1/Contact/{id}`. */
  readonly entity: EntityName;
  /** The user key's column. Where records have more pages it is also the Prog ID without its prefix. */
  readonly keyField: string;
  readonly custom: CustomColumns;
  /** How current values are read (superoffice/reading.md, section 9). */
  readonly archive: {
    readonly provider: string;
    readonly entities: string;
    readonly idColumn: string;
    /** `contactUdef/` in front of a Prog ID, `extra/` in front of an extra field. */
    readonly customPrefix: string;
  };
  /** Fields in the order in which docs and templates list them. More-page fields are not here: see udef.ts. */
  readonly fields: readonly Field[];
  /** Column of the parent whose records are made in the order of the file: people read them one after another. */
  readonly inTurnOf?: string;
  /** Fields whose current values a row needs even when it does not write them: something is worked out of them. */
  readonly alwaysRead?: readonly string[];
  /** Groups of fields of which at least one must be non-empty to create a record: `[['Lastname', 'Firstname']]`. */
  readonly neededToCreate: readonly (readonly string[])[];
}
