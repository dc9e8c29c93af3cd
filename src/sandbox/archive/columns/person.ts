import type { Column } from '../column.ts';
import { columnsOf, computed, empty, listText } from './build.ts';
import { contactIdentityGroup } from './contact.ts';
import { type ColumnGroup, columnGroup, itself, type Nested } from './group.ts';
import { associateFullName, numberIn } from './names.ts';
import { personNames } from './person-names.ts';
import {
  addressGroup,
  addressOf,
  associateGroup,
  emailGroup,
  hasNote,
  infoGroup,
  interestIds,
  ownedBy,
  phoneGroup,
  phoneOf,
  reference,
  urlGroup,
} from './related.ts';
import { udefGroup } from './udef.ts';

const person = columnsOf('person');
const interests = interestIds('personinterest', 'person_id', 'pinterest_idx');
const hasInterests = (name: string): Column =>
  computed(name, 'bool', 'bool', (row, { database }) => interests(row, database).length > 0);

const lists: readonly Column[] = [
  person.list('position', 'position_idx', 'perspos'),
  person.list('personCountry', 'country_id', 'country'),
  person.integer('personCountryId', 'country_id'),
  person.list('personSource', 'source', 'source'),
  person.list('ticketPriority', 'ticketPriorityId', 'ticketpriority'),
  person.list('supportLanguage', 'supportLanguageId', 'customerlanguage'),
  person.associate('supportAssociate', 'supportAssociateId'),
  person.associateFullName('supportAssociateFullName', 'supportAssociateId', associateFullName),
  person.associate('personAssociateId', 'associate_id'),
  person.associateFullName('personAssociateFullName', 'associate_id', associateFullName),
  person.list('personCategory', 'category_idx', 'category'),
  empty('personCategoryGroup', 'list', 'listAny'),
  computed('personCategoryRank', 'integer', 'int', (row, { database }) =>
    numberIn(database.table('category').get(numberIn(row, 'category_idx')), 'rank'),
  ),
  person.list('personBusiness', 'business_idx', 'business'),
  person.list('leadStatus', 'leadstatus_id', 'leadstatus'),
  empty('leadstatusRank', 'integer', 'int'),
  {
    ...computed('personInterestIds', 'ids', 'listInterest', (row, { database }) => interests(row, database), {
      sortable: false,
    }),
    listName: 'persint',
    display: (cell, source) =>
      Array.isArray(cell) ? cell.map(id => listText('persint', id, source)).join(', ') : '',
  },
];

const state: readonly Column[] = [
  computed('hasInfoText', 'bool', 'bool', (row, { database }) => hasNote(row, database)),
  hasInterests('hasInterests'),
  hasInterests('personHasInterests'),
  person.flag('personNoMail', 'nomailing'),
  empty('associateType', 'string', null, { sortable: false }),
  person.flag('useAsMailingAddress', 'usepersonaddress'),
  person.flag('retired', 'retired'),
  person.associate('personUpdatedBy', 'updated_associate_id'),
  person.associateFullName('personUpdatedByFullName', 'updated_associate_id', associateFullName),
  person.date('personUpdatedDate', 'updated'),
  person.associate('personRegisteredBy', 'registered_associate_id'),
  person.associateFullName('personRegisteredByFullName', 'registered_associate_id', associateFullName),
  person.date('personRegisteredDate', 'registered'),
  empty('personActiveErpLinks', 'bool', 'bool'),
  person.time('personDeletedDate', 'DeletedDate', { sortable: false }),
  computed('hasCompany', 'bool', 'bool', row => numberIn(row, 'contact_id') > 0),
];

/** Workflow, forms, mailings and consents are documented columns of things the sandbox does not keep. */
const unkept: readonly Column[] = [
  ...['isProjectMember', 'isStakeholder', 'isMailingRecipient'].map(name => empty(name, 'bool', 'bool')),
  ...['hasStoreConsent', 'withdrawnStoreConsent', 'hasEmarketingConsent', 'withdrawnEmarketingConsent'].map(
    name => empty(name, 'bool', 'bool', { sortable: false }),
  ),
  ...[
    'updatedByWorkflow',
    'createdByForm',
    'subscription',
    'legalBaseStore',
    'legalBaseEmarketing',
    'consentSourceStore',
    'consentSourceEmarketing',
  ].map(name => empty(name, 'list', 'listAny')),
  empty('whenUpdatedByWorkflow', 'datetime', 'datetime'),
];

const nested: readonly Nested[] = [
  { prefix: 'personAssociate', hop: reference('person', 'associate_id', 'associate'), group: associateGroup },
  { prefix: 'personDirectPhone', hop: phoneOf('person_id', 16385), group: phoneGroup },
  { prefix: 'personMobilePhone', hop: phoneOf('person_id', 16389), group: phoneGroup },
  { prefix: 'personPrivate', hop: phoneOf('person_id', 16388), group: phoneGroup },
  { prefix: 'personPager', hop: phoneOf('person_id', 16390), group: phoneGroup },
  { prefix: 'personDirectFax', hop: phoneOf('person_id', 16387), group: phoneGroup },
  { prefix: 'email', hop: ownedBy('email', 'person_id'), group: emailGroup },
  { prefix: 'personUrl', hop: ownedBy('url', 'person_id'), group: urlGroup },
  { prefix: 'personAddress', hop: addressOf('person_id', 16387), group: addressGroup },
  { prefix: 'personInfo', hop: reference('person', 'text_id', 'text', true), group: infoGroup },
  { prefix: 'personUdef', hop: itself, group: udefGroup('Person') },
];

/** What `person/` offers in the archives of sales and activities. */
export const personIdentityGroup: ColumnGroup = columnGroup(personNames, [
  { prefix: 'personUdef', hop: itself, group: udefGroup('Person') },
]);

/** reading.md, section 9.2. Udefs of the company chain in SimplePerson only. */
export function personGroup(withContactUdefs: boolean): ColumnGroup {
  return columnGroup(
    [...personNames, ...lists, ...state, ...unkept],
    [
      ...nested,
      {
        prefix: 'personContact',
        hop: reference('person', 'contact_id', 'contact', true),
        group: contactIdentityGroup(withContactUdefs),
      },
    ],
  );
}
