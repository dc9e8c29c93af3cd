import { describe, expect, it, test } from 'vitest';
import type { Datatype } from '../../src/datatypes/datatype.ts';
import type { Field, FieldKind, Slot } from '../../src/datatypes/field.ts';
import { datatypeNamed, datatypes } from '../../src/datatypes/index.ts';
import { keyField } from '../../src/datatypes/udef.ts';

/** Which slots a kind may live in. */
const slotsOfKind: Readonly<Record<FieldKind, readonly Slot['at'][]>> = {
  key: ['custom'],
  relation: ['reference'],
  text: ['property', 'dynamic', 'address', 'element', 'custom'],
  integer: ['property', 'custom', 'readonly'],
  decimal: ['property', 'custom'],
  boolean: ['property', 'custom'],
  date: ['property', 'custom', 'readonly'],
  list: ['reference', 'custom'],
  lists: ['interests'],
  associate: ['reference', 'readonly'],
  country: ['reference'],
};

const all = datatypes.flatMap(datatype =>
  [keyField(datatype, 'Siteshop:'), ...datatype.fields].map(
    field => [`${datatype.name}.${field.name}`, datatype, field] as const,
  ),
);

test.each(all)('%s is complete and consistent', (_, datatype: Datatype, field: Field) => {
  const { kind, slot, name } = field;
  expect(name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
  expect(field.meaning).toMatch(/^[A-Z].*\.$/);
  expect(slotsOfKind[kind]).toContain(slot.at);
  expect(field.length !== undefined).toBe(['key', 'relation', 'text'].includes(kind));
  expect(field.parent !== undefined).toBe(kind === 'relation');
  expect(field.list !== undefined).toBe(['list', 'lists', 'country'].includes(kind));
  expect(field.missing).toBe(kind === 'country' ? 'reject' : field.list === undefined ? undefined : 'add');
  if ('column' in slot) expect(slot.column).toMatch(/^[a-zA-Z]+(\/[A-Za-z0-9:]+)?$/);
  if (slot.at === 'dynamic') expect(slot.path.startsWith(`${datatype.entity.toLowerCase()}.`)).toBe(true);
  if (slot.at === 'element') expect(name.endsWith(String(slot.rank))).toBe(true);
  if (slot.at === 'address') expect(name).toBe(`${slot.block}${slot.part}`);
  if (field.needed === 'create') expect(datatype.neededToCreate).toContainEqual([name]);
});

describe.each(datatypes.map(datatype => [datatype.name, datatype] as const))('%s', (_, datatype) => {
  const fields = [keyField(datatype, 'Siteshop:'), ...datatype.fields];

  it('has distinct names and aliases', () => {
    const names = fields.flatMap(({ name, aliases }) =>
      [name, ...(aliases ?? [])].map(each => each.toLowerCase()),
    );
    expect(names.length).toBe(new Set(names).size);
  });

  it('has distinct slots, but for our contact in two columns', () => {
    const slots = fields
      .filter(({ name }) => name !== 'AssociateFullName')
      .map(({ slot }) => JSON.stringify(slot));
    expect(slots.length).toBe(new Set(slots).size);
    const [byId, byName] = ['AssociateName', 'AssociateFullName'].map(name =>
      fields.find(field => field.name === name),
    );
    expect(byId?.slot).toBe(byName?.slot);
  });

  it('needs only fields it has', () => {
    const names = new Set(fields.map(({ name }) => name));
    expect(datatype.neededToCreate.flat().filter(name => !names.has(name))).toEqual([]);
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
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining([...documented[datatype.name]]));
  });
});

const street = ['Address1', 'Address2', 'Address3', 'Zipcode', 'City', 'County', 'State'].map(
  part => `Street${part}`,
);
const shared = [
  ...street,
  ...['Phone1', 'Phone2', 'Phone3', 'Fax1', 'Email1', 'Email2', 'Email3', 'Url1', 'CountryName', 'Category'],
  ...['Business', 'AssociateName', 'AssociateFullName', 'Interests', 'Description', 'NoMailing'],
  ...['SuperOfficeId', 'CreatedDate', 'UpdatedDate', 'CreatedBy', 'UpdatedBy'],
];
const documented: Readonly<Record<Datatype['name'], readonly string[]>> = {
  Company: [
    ...['CompUserKey01', 'Name', 'Department', 'OrgNo', 'Number1', 'Number2', 'Url2', 'Url3', 'Stop'],
    ...street.map(name => name.replace('Street', 'Postal')),
    ...shared,
  ],
  Person: [
    ...[
      'PersUserKey01',
      'CompUserKey01',
      'Firstname',
      'MiddleName',
      'Lastname',
      'Mrmrs',
      'Salutation',
      'Title',
    ],
    ...['Position', 'PersonNumber', 'BirthDate', 'MobilePhone1', 'PrivatePhone1', 'OtherPhone1'],
    ...['UsePersonAddress', 'Retired'],
    ...shared,
  ],
};

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
])('%s.%s is read from %s', (datatype, name, column) => {
  const field = datatypeNamed(datatype)?.fields.find(each => each.name === name);
  expect(field?.slot).toMatchObject({ column });
});
