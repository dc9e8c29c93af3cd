import type { Column } from '../column.ts';
import { columnsOf, computed, empty, listText } from './build.ts';
import { type ColumnGroup, columnGroup, itself, type Nested } from './group.ts';
import { associateFullName, nameAndDepartment, numberIn, personFullName } from './names.ts';
import { personNames } from './person-names.ts';
import {
  addressGroup,
  addressOf,
  associateGroup,
  emailGroup,
  hasNote,
  interestIds,
  ownedBy,
  phoneGroup,
  phoneOf,
  primaryRow,
  reference,
  urlGroup,
} from './related.ts';
import { udefGroup } from './udef.ts';

const contact = columnsOf('contact');
const interests = interestIds('contactinterest', 'contact_id', 'cinterest_idx');

const contactName: Column = {
  ...contact.text('name', 'name', { restriction: 'stringorPK' }),
  recordKey: row => numberIn(row, 'contact_id'),
};

/** Columns that every view of a company has. `code` is number1, `number` is number2. */
const contactIdentity: readonly Column[] = [
  contact.integer('contactId', 'contact_id'),
  contactName,
  contact.text('department', 'department'),
  contact.text('number', 'number2'),
  contact.text('code', 'number1'),
  contact.text('orgnr', 'orgNr'),
];

/** reading.md, section 9.1. */
const base: readonly Column[] = [
  ...contactIdentity,
  computed('nameDepartment', 'string', 'string', nameAndDepartment),
  computed('hasInfoText', 'bool', 'bool', (row, { database }) => hasNote(row, database)),
  computed('hasInterests', 'bool', 'bool', (row, { database }) => interests(row, database).length > 0),
  contact.associate('associateId', 'associate_id'),
  contact.list('category', 'category_idx', 'category'),
  empty('categoryGroup', 'list', 'listAny'),
  computed('companyCategoryRank', 'integer', 'int', (row, { database }) =>
    numberIn(database.table('category').get(numberIn(row, 'category_idx')), 'rank'),
  ),
  contact.list('business', 'business_idx', 'business'),
  contact.list('country', 'country_id', 'country'),
  contact.integer('countryId', 'country_id'),
  contact.flag('stop', 'xstop'),
  contact.flag('contactNoMail', 'nomailing'),
  contact.associate('updatedBy', 'updated_associate_id'),
  contact.associateFullName('updatedByFullName', 'updated_associate_id', associateFullName),
  contact.date('updatedDate', 'updated'),
  contact.associate('registeredBy', 'registered_associate_id'),
  contact.associateFullName('registeredByFullName', 'registered_associate_id', associateFullName),
  contact.date('registeredDate', 'registered'),
  contact.list('contactSource', 'source', 'source'),
  contact.flag('contactDeleted', 'deleted'),
  empty('activeErpLinks', 'bool', 'bool'),
  contact.time('deletedDate', 'DeletedDate', { sortable: false }),
  computed('mainContact', 'string', null, (row, { database }) => {
    const persons = database.table('person');
    const rows = persons.find('contact_id', numberIn(row, 'contact_id')).map(id => persons.get(id) ?? {});
    return personFullName(primaryRow(rows));
  }),
  {
    ...computed(
      'contactInterestIds',
      'ids',
      'listInterest',
      (row, { database }) => interests(row, database),
      { sortable: false },
    ),
    listName: 'contint',
    display: (cell, source) =>
      Array.isArray(cell) ? cell.map(id => listText('contint', id, source)).join(', ') : '',
  },
];

const nested: readonly Nested[] = [
  {
    prefix: 'contactAssociate',
    hop: reference('contact', 'associate_id', 'associate'),
    group: associateGroup,
  },
  {
    prefix: 'contactSupportAssociate',
    hop: reference('contact', 'supportAssociateId', 'associate'),
    group: associateGroup,
  },
  {
    prefix: 'contactSupportPerson',
    hop: reference('contact', 'supportPersonId', 'person'),
    group: columnGroup(personNames),
  },
  { prefix: 'contactPhone', hop: phoneOf('contact_id', 1), group: phoneGroup },
  { prefix: 'phone', hop: phoneOf('contact_id', 1), group: phoneGroup },
  { prefix: 'contactFax', hop: phoneOf('contact_id', 3), group: phoneGroup },
  { prefix: 'email', hop: ownedBy('email', 'contact_id'), group: emailGroup },
  { prefix: 'postAddress', hop: addressOf('contact_id', 1), group: addressGroup },
  { prefix: 'streetAddress', hop: addressOf('contact_id', 2), group: addressGroup },
  { prefix: 'url', hop: ownedBy('url', 'contact_id'), group: urlGroup },
  { prefix: 'contactUdef', hop: itself, group: udefGroup('Contact') },
];

export const contactGroup: ColumnGroup = columnGroup(base, nested);

/** What `personContact/` offers; `withUdefs` where user-defined fields chain. */
export function contactIdentityGroup(withUdefs: boolean): ColumnGroup {
  return columnGroup(
    contactIdentity,
    withUdefs ? [{ prefix: 'contactUdef', hop: itself, group: udefGroup('Contact') }] : [],
  );
}
