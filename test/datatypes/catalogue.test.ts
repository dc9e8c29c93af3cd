import { describe, expect, it, test } from 'vitest';
import type { Datatype } from '../../src/datatypes/datatype.ts';
import type { Field, FieldKind, Slot } from '../../src/datatypes/field.ts';
import { datatypeNamed, datatypes } from '../../src/datatypes/index.ts';
import { defaultFieldNames, keyField } from '../../src/datatypes/udef.ts';
import { takesPlainItems } from '../../src/superoffice/list-carriers.ts';

/** Which slots a kind may live in. */
const slotsOfKind: Readonly<Record<FieldKind, readonly Slot['at'][]>> = {
  key: ['custom', 'foreignKey'],
  relation: ['reference'],
  text: ['property', 'dynamic', 'address', 'element', 'custom', 'input'],
  integer: ['property', 'custom', 'readonly'],
  decimal: ['property', 'custom', 'input'],
  boolean: ['property', 'dynamic', 'custom'],
  date: ['property', 'custom', 'readonly'],
  datetime: ['property', 'dynamic', 'custom', 'input'],
  choice: ['property', 'dynamic'],
  list: ['reference', 'custom'],
  lists: ['interests', 'tags'],
  associate: ['reference', 'readonly'],
  country: ['reference'],
  file: ['property'],
  files: ['input'],
  content: ['input'],
  addresses: ['input'],
};

/** integration-cloud.md, section 4.4: people keep these lists in SuperOffice. */
const neverAdded: ReadonlySet<string> = new Set([
  ...['Country', 'Currency', 'SaleType', 'Rating', 'DocumentTemplate', 'Task', 'ProjectType'],
  ...['ProjectStatus', 'TicketCategory', 'TicketStatus', 'TicketPriority', 'TicketType'],
]);

const all = datatypes.flatMap(datatype =>
  [keyField(datatype, defaultFieldNames), ...datatype.fields].map(
    field => [`${datatype.name}.${field.name}`, datatype, field] as const,
  ),
);

test.each(all)('%s is complete and consistent', (_, datatype: Datatype, field: Field) => {
  const { kind, slot, name } = field;
  expect(name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
  expect(field.meaning).toMatch(/^[A-Z].*\.$/);
  expect(slotsOfKind[kind]).toContain(slot.at);
  expect(field.length !== undefined).toBe(['key', 'relation', 'text', 'file'].includes(kind));
  expect(field.parent !== undefined).toBe(kind === 'relation');
  expect(field.list !== undefined).toBe(['list', 'lists', 'country'].includes(kind));
  const { list } = field;
  expect(field.missing).toBe(list === undefined ? undefined : neverAdded.has(list) ? 'reject' : 'add');
  if (field.missing === 'add') expect(takesPlainItems(list ?? '')).toBe(true);
  expect(field.choices !== undefined).toBe(kind === 'choice');
  if (field.separator !== undefined) expect(kind).toBe('lists');
  if (slot.at === 'input') expect(slot.becomes).toMatch(/^[A-Z][A-Za-z]+[./]/);
  if ('column' in slot) expect(slot.column).toMatch(/^[a-zA-Z]+(\/[A-Za-z0-9:]+)?$/);
  if (slot.at === 'dynamic') expect(slot.path.startsWith(`${datatype.entity.toLowerCase()}.`)).toBe(true);
  if (slot.at === 'element') expect(name.endsWith(String(slot.rank))).toBe(true);
  if (slot.at === 'address') expect(name).toBe(`${slot.block}${slot.part}`);
  if (field.needed === 'create') expect(datatype.neededToCreate).toContainEqual([name]);
});

describe.each(datatypes.map(datatype => [datatype.name, datatype] as const))('%s', (_, datatype) => {
  const fields = [keyField(datatype, defaultFieldNames), ...datatype.fields];

  it('has distinct names and aliases', () => {
    const names = fields.flatMap(({ name, aliases }) =>
      [name, ...(aliases ?? [])].map(each => each.toLowerCase()),
    );
    expect(names.length).toBe(new Set(names).size);
  });

  it('has distinct slots, but for our contact in two columns', () => {
    const slots = fields
      .filter(({ name, slot }) => name !== 'AssociateFullName' && slot.at !== 'input')
      .map(({ slot }) => JSON.stringify(slot));
    expect(slots.length).toBe(new Set(slots).size);
    const [byId, byName] = ['AssociateName', 'AssociateFullName'].map(name =>
      fields.find(field => field.name === name),
    );
    // A message is nobody's: it has an author and belongs to its request.
    expect(byId !== undefined).toBe(datatype.name !== 'Message');
    expect(byId?.slot).toBe(byName?.slot);
  });

  it('needs only fields it has', () => {
    const names = new Set(fields.map(({ name }) => name));
    const used = [...datatype.neededToCreate.flat(), ...(datatype.alwaysRead ?? [])];
    expect(used.filter(name => !names.has(name))).toEqual([]);
    expect(datatype.neededToCreate.length).toBeGreaterThan(0);
  });

  it('has choices of distinct words and numbers', () => {
    for (const { choices = [] } of fields) {
      const words = choices.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
      expect(new Set(words.map(word => word.toLowerCase())).size).toBe(words.length);
      expect(new Set(choices.map(({ number }) => number)).size).toBe(choices.length);
    }
  });

  it('is found by its name and its words in any letter case', () => {
    for (const word of [
      datatype.name,
      datatype.name.toUpperCase(),
      ...datatype.fileWords,
      ` ${datatype.name} `,
    ])
      expect(datatypeNamed(word)).toBe(datatype);
  });

  it('has the columns of the documents', () => {
    const names = fields.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(documented[datatype.name].filter(name => !names.includes(name))).toEqual([]);
  });
});

const addressParts = ['Address1', 'Address2', 'Address3', 'Zipcode', 'City', 'County', 'State'];
const postal = addressParts.map(part => `Postal${part}`);
const street = addressParts.map(part => `Street${part}`);
const ourContact = ['AssociateName', 'AssociateFullName'];
const upkeep = ['SuperOfficeId', 'CreatedDate', 'UpdatedDate', 'CreatedBy', 'UpdatedBy'];
const shared = [
  ...[...postal, ...street, ...ourContact, ...upkeep],
  ...['Phone1', 'Phone2', 'Phone3', 'Fax1', 'Email1', 'Email2', 'Email3', 'Url1', 'CountryName', 'Category'],
  ...['Business', 'Interests', 'Description', 'NoMailing'],
];
/** integration-cloud.md, sections 3.5 to 3.9 and 5. */
const documented: Readonly<Record<Datatype['name'], readonly string[]>> = {
  Company: [
    ...['CompUserKey01', 'Name', 'Department', 'OrgNo', 'CVR', 'Number1', 'Number2', 'Url2', 'Url3', 'Stop'],
    ...shared,
  ],
  Person: [
    ...['PersUserKey01', 'CompUserKey01', 'Firstname', 'MiddleName', 'Lastname', 'Mrmrs', 'Salutation'],
    ...['Title', 'Position', 'PersonNumber', 'BirthDate', 'MobilePhone1', 'PrivatePhone1', 'OtherPhone1'],
    ...['UsePersonAddress', 'Retired'],
    ...shared,
  ],
  Project: [
    ...['ProjUserKey01', 'Name', 'ProjectNumber', 'ProjectType', 'ProjectStatus', 'Description', 'Postit'],
    ...['EndDate', 'Completed', 'Url1'],
    ...[...ourContact, ...upkeep],
  ],
  Sale: [
    ...['SaleUserKey01', 'CompUserKey01', 'ProjUserKey01', 'PersUserKey01', 'Amount', 'Earning'],
    ...['EarningPercent', 'Cost', 'SaleType', 'Stage', 'Heading', 'SaleText', 'Saledate', 'Status'],
    ...['Probability', 'Number', 'Currency', 'Source', 'Competitor', 'Credited', 'Reason', 'ReasonSold'],
    ...['ReasonStalled', 'ReopenDate', 'Postit'],
    ...[...ourContact, ...upkeep],
  ],
  Appointment: [
    ...['AppoUserKey01', 'CompUserKey01', 'PersUserKey01', 'ProjUserKey01', 'SaleUserKey01', 'Task', 'Title'],
    ...['Description', 'Agenda', 'InternalNotes', 'StartDate', 'EndDate', 'Priority', 'Location', 'Private'],
    ...['IsAlldayEvent', 'Completed'],
    ...[...ourContact, ...upkeep],
  ],
  Document: [
    ...['DocuUserKey01', 'Name', 'Content', 'FileName', 'FileContent', 'CompUserKey01', 'ProjUserKey01'],
    ...['PersUserKey01', 'SaleUserKey01', 'Heading', 'Description', 'DocumentTemplate', 'Date', 'OurRef'],
    ...['YourRef', 'Attention', 'Completed'],
    ...[...ourContact, ...upkeep],
  ],
  Ticket: [
    ...['TickUserKey01', 'Title', 'Category', 'AddTags', 'SaleUserKey01', 'ProjUserKey01', 'PersUserKey01'],
    ...['Status', 'Priority', 'TicketType', 'Slevel', 'Deadline', 'Origin'],
    ...[...ourContact, 'SuperOfficeId', 'CreatedDate', 'UpdatedDate'],
  ],
  Message: [
    ...['MessUserKey01', 'TickUserKey01', 'Body', 'HtmlBody', 'SendTo', 'SendCc', 'SendBcc', 'SendSubject'],
    ...['AttachmentNames', 'PersUserKey01', 'Slevel', 'Important', 'CreatedAt'],
    ...['SuperOfficeId', 'CreatedDate'],
  ],
};

test('parents come before their children, so that a parent in the same run counts', () => {
  const names = datatypes.map(({ name }) => name);
  expect(names).toEqual([
    ...['Company', 'Person', 'Project', 'Sale', 'Appointment', 'Document', 'Ticket', 'Message'],
  ]);
  for (const [name, datatype, { parent }] of all)
    if (parent !== undefined)
      expect([name, names.indexOf(parent) < names.indexOf(datatype.name)]).toEqual([name, true]);
});

test('no other datatype answers', () => {
  for (const name of ['Contact', 'Contacts', '', 'Firm', 'Compan']) expect(datatypeNamed(name)).toBeNull();
});

test.each([
  ['Company', 'Number1', 'code'],
  ['Company', 'Number2', 'number'],
  ['Company', 'PostalZipcode', 'postAddress/zip'],
  ['Company', 'NoMailing', 'contactNoMail'],
  ['Person', 'StreetCity', 'personAddress/city'],
  ['Person', 'Description', 'personInfo/infoText'],
  ['Person', 'CompUserKey01', 'contactId'],
  ['Project', 'ProjectNumber', 'number'],
  ['Sale', 'Stage', 'stage'],
  ['Sale', 'Reason', 'lossReason'],
  ['Sale', 'ReasonStalled', 'stalledComment'],
  ['Appointment', 'Completed', 'rawStatus'],
  ['Appointment', 'Title', 'appointment/title'],
  ['Document', 'Heading', 'subject'],
  ['Ticket', 'AssociateName', 'ownedBy/associateDbId'],
  ['Ticket', 'AddTags', 'tags'],
  ['Message', 'PersUserKey01', 'person/personId'],
])('%s.%s is read from %s', (datatype, name, column) => {
  const field = datatypeNamed(datatype)?.fields.find(each => each.name === name);
  expect(field?.slot).toMatchObject({ column });
});

test.each([
  ['Sale', 'Status', 'Open 1, Sold 2, Lost 3, Stalled 4'],
  ['Appointment', 'Completed', 'NotStarted/FALSE 1, Started 2, Completed/TRUE 3'],
  ['Appointment', 'Private', 'Public 0, PrivateUser 1, PrivateGroup 2'],
  ['Document', 'Completed', 'NotStarted/FALSE 0, Completed/TRUE 1'],
  ['Ticket', 'Slevel', 'Internal 1, External 2'],
  ['Message', 'Slevel', 'Internal 1, External 2'],
])('%s.%s knows the words %s', (datatype, name, words) => {
  const choices = datatypeNamed(datatype)?.fields.find(field => field.name === name)?.choices ?? [];
  const shown = choices.map(
    ({ name: word, aliases = [], number }) => `${[word, ...aliases].join('/')} ${number}`,
  );
  expect(shown.join(', ')).toBe(words);
});

test('user keys: in a more-page field, of requests and messages beside the record', () => {
  const slots = datatypes.map(datatype => [datatype.name, keyField(datatype, defaultFieldNames).slot]);
  expect(Object.fromEntries(slots)).toMatchObject({
    Company: { at: 'custom', progId: 'Siteshop:CompUserKey01', column: 'contactUdef/Siteshop:CompUserKey01' },
    Person: { at: 'custom', column: 'personUdef/Siteshop:PersUserKey01' },
    Project: { at: 'custom', column: 'projectUdef/Siteshop:ProjUserKey01' },
    Sale: { at: 'custom', column: 'saleUdef/Siteshop:SaleUserKey01' },
    Appointment: { at: 'custom', column: 'appointmentUdef/Siteshop:AppoUserKey01' },
    Document: { at: 'custom', column: 'documentUdef/Siteshop:DocuUserKey01' },
    Ticket: { at: 'foreignKey', table: 'ticket' },
    Message: { at: 'foreignKey', table: 'ej_message' },
  });
});
