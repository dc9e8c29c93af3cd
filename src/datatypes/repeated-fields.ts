import type { Field, Slot } from './field.ts';

type AddressSlot = Extract<Slot, { at: 'address' }>;
type ElementSlot = Extract<Slot, { at: 'element' }>;

/** Lengths are those of table address (writing.md, section 7.2). */
const addressParts: readonly {
  readonly part: AddressSlot['part'];
  readonly column: string;
  readonly length: number;
  readonly meaning: string;
}[] = [
  { part: 'Address1', column: 'line1', length: 79, meaning: 'first line' },
  { part: 'Address2', column: 'line2', length: 79, meaning: 'second line' },
  { part: 'Address3', column: 'line3', length: 79, meaning: 'third line' },
  { part: 'Zipcode', column: 'zip', length: 11, meaning: 'postcode' },
  { part: 'City', column: 'city', length: 79, meaning: 'city' },
  { part: 'County', column: 'county', length: 29, meaning: 'county' },
  { part: 'State', column: 'state', length: 5, meaning: 'state, as a code' },
];

/**
 * The columns of one address block: `PostalAddress1` … `PostalState`.
 * @param archivePrefix what stands before `line1` in the archive: `postAddress/`
 * @param whose begins the meaning: `Postal address`
 * @param alsoCalled other names of the block, whose columns mean the same
 */
export function addressFields(
  block: AddressSlot['block'],
  archivePrefix: string,
  whose: string,
  alsoCalled: readonly string[] = [],
): Field[] {
  return addressParts.map(({ part, column, length, meaning }) => ({
    name: `${block}${part}`,
    kind: 'text',
    aliases: [
      ...(part === 'Zipcode' ? [`${block}Zip`] : []),
      ...alsoCalled.flatMap(other => [`${other}${part}`, ...(part === 'Zipcode' ? [`${other}Zip`] : [])]),
    ],
    length,
    meaning: `${whose}, ${meaning}.`,
    slot: { at: 'address', block, part, column: `${archivePrefix}${column}` },
  }));
}

/** Lengths of tables phone, email and url (writing.md, section 7.2). */
const elementLengths: Readonly<Record<ElementSlot['table'], number>> = { phone: 239, email: 239, url: 1023 };

/**
 * The numbered columns of an array such as Phones: `Phone1` is the primary one.
 * @param type `ptype_idx` of table phone, `type` of table email, 0 for url
 * @param what begins the meaning: `Phone number`
 */
export function elementFields(
  column: string,
  count: number,
  property: string,
  table: ElementSlot['table'],
  type: number,
  what: string,
): Field[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${column}${index + 1}`,
    kind: 'text',
    length: elementLengths[table],
    meaning: index === 0 ? `${what}, the primary one.` : `${what}, number ${index + 1}.`,
    slot: { at: 'element', property, table, type, rank: index + 1 },
  }));
}
