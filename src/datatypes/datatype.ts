import type { Field } from './field.ts';

export type DatatypeName = 'Company' | 'Person';

/** Where SuperOffice keeps a datatype, and how a record of it is found again. */
export interface Datatype {
  readonly name: DatatypeName;
  /** File-name words that tell this datatype, lower case: `company`, `companies`. */
  readonly fileWords: readonly string[];
  /** One sentence for help and docs. */
  readonly meaning: string;
  /** REST entity: `Contact` in `/v1/Contact/{id}`. */
  readonly entity: 'Contact' | 'Person';
  /** The user key's column, which is also the Prog ID without its prefix. */
  readonly keyField: string;
  /** Prefix of more-page columns: `Comp` in `CompUserText01`. */
  readonly udefPrefix: string;
  /** How current values are read (superoffice/reading.md, section 9). */
  readonly archive: {
    readonly provider: string;
    readonly entities: string;
    readonly idColumn: string;
    /** `contactUdef/` in front of a Prog ID. */
    readonly udefPrefix: string;
  };
  /** Fields in the order in which docs and templates list them. More-page fields are not here: see udef.ts. */
  readonly fields: readonly Field[];
  /** Groups of fields of which at least one must be non-empty to create a record: `[['Lastname', 'Firstname']]`. */
  readonly neededToCreate: readonly (readonly string[])[];
}
