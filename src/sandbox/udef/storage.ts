import type { UdefField, UdefOwner } from '../store/database.ts';

/** Where an owner's user-defined fields live (writing.md, section 7.3). */
export interface UdefStorage {
  readonly main: string;
  readonly small: string;
  readonly large: string;
  /** First letter of `TemplateVariableName` (reading.md, section 14.3). */
  readonly letter: string;
}

/**
 * The letters of Sale, Appointment and Document are not documented: readers derive kind and number from the last
 * three characters.
 */
export const udefStorage: Readonly<Record<UdefOwner, UdefStorage>> = {
  Contact: { main: 'contact', small: 'udcontactsmall', large: 'udcontactlarge', letter: 'c' },
  Person: { main: 'person', small: 'udpersonsmall', large: 'udpersonlarge', letter: 'a' },
  Project: { main: 'project', small: 'udprojectsmall', large: 'udprojectlarge', letter: 'p' },
  Sale: { main: 'sale', small: 'udsalesmall', large: 'udsalelarge', letter: 's' },
  Appointment: { main: 'appointment', small: 'udappntsmall', large: 'udappntlarge', letter: 't' },
  Document: { main: 'document', small: 'uddocsmall', large: 'uddoclarge', letter: 'd' },
};

/** The udef table that holds the field and the column of the main table that points to it. */
export function placeOf(
  owner: UdefOwner,
  field: UdefField,
): { table: string; link: 'userdef_id' | 'userdef2_id' } {
  const storage = udefStorage[owner];
  return field.type === 'LongText'
    ? { table: storage.large, link: 'userdef2_id' }
    : { table: storage.small, link: 'userdef_id' };
}
