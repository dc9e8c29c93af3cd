import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, type Json, Tenant, values } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const start: Json = {
  Name: 'Acme',
  Department: 'Lyngby',
  Category: { Id: 2 },
  Phones: [
    { Value: '11', Description: 'first' },
    { Value: '22', Description: 'second' },
  ],
  Address: { Street: { Address1: 'Gade 1', City: 'Lyngby', Zipcode: '2800' } },
  Interests: [{ Id: 2, Selected: true }],
  CustomFields: { 'Siteshop:CompUserText01': 'one', 'Siteshop:CompUserText02': 'two' },
};

const udef = (entity: Json, name: string): unknown => at(entity, 'CustomFields', `Siteshop:CompUser${name}`);
const selected = (entity: Json): unknown =>
  Array.isArray(entity.Interests) ? entity.Interests.map(item => at(item, 'Selected')) : undefined;

describe('patches that change', () => {
  test.each<[name: string, body: unknown, expected: unknown, read: (entity: Json) => unknown]>([
    ['replace', [{ op: 'replace', path: '/Department', value: 'Herlev' }], 'Herlev', e => e.Department],
    ['path in another case', [{ op: 'replace', path: '/department', value: 'x' }], 'x', e => e.Department],
    ['path without slash', [{ op: 'replace', path: 'Department', value: 'x' }], 'x', e => e.Department],
    ['add to a text', [{ op: 'add', path: '/Department', value: 'x' }], 'x', e => e.Department],
    ['remove of a text', [{ op: 'remove', path: '/Department' }], '', e => e.Department],
    ['operation in another case', [{ Op: 'Replace', Path: '/Name', Value: 'x' }], 'x', e => e.Name],
    [
      'reference as a whole',
      [{ op: 'replace', path: '/Category', value: { Id: 3 } }],
      3,
      e => at(e.Category, 'Id'),
    ],
    ['id of a reference', [{ op: 'replace', path: 'Category/Id', value: 3 }], 3, e => at(e.Category, 'Id')],
    ['id as text', [{ op: 'replace', path: '/Category', value: { Id: '3' } }], 3, e => at(e.Category, 'Id')],
    [
      'camelCase members',
      [{ op: 'replace', path: '/associate', value: { associateId: 2 } }],
      2,
      e => at(e.Associate, 'AssociateId'),
    ],
    [
      'a null reference replaced as a whole',
      [{ op: 'replace', path: '/SupportAssociate', value: { AssociateId: 2 } }],
      2,
      e => at(e.SupportAssociate, 'AssociateId'),
    ],
    [
      'reference cleared by null',
      [{ op: 'replace', path: '/Business', value: null }],
      0,
      e => at(e.Business, 'Id'),
    ],
    [
      'array replaced',
      [{ op: 'replace', path: '/Phones', value: [{ Value: '9' }] }],
      ['9'],
      e => values(e.Phones),
    ],
    [
      'element appended',
      [{ op: 'add', path: '/Phones/-', value: { Value: '33' } }],
      ['11', '22', '33'],
      e => values(e.Phones),
    ],
    [
      'element inserted',
      [{ op: 'add', path: '/Phones/0', value: { Value: '00' } }],
      ['00', '11', '22'],
      e => values(e.Phones),
    ],
    ['element removed', [{ op: 'remove', path: '/Phones/0' }], ['22'], e => values(e.Phones)],
    [
      'leaf of an element',
      [{ op: 'replace', path: '/Phones/0/Value', value: '99' }],
      ['99', '22'],
      e => values(e.Phones),
    ],
    [
      'leaf of an element keeps the rest',
      [{ op: 'replace', path: '/Phones/0/Value', value: '99' }],
      'first',
      e => at(e.Phones, 0, 'Description'),
    ],
    [
      'emptied element is dropped',
      [{ op: 'replace', path: '/Phones/0/Value', value: '' }],
      ['22'],
      e => values(e.Phones),
    ],
    [
      'interest',
      [{ op: 'replace', path: '/Interests/0/Selected', value: true }],
      [true, true, false],
      selected,
    ],
    [
      'address block: what it leaves out is emptied',
      [{ op: 'replace', path: 'Address/Street', value: { Address1: 'Vej 2', City: 'Odense' } }],
      'Vej 2\nOdense\n',
      e => at(e.Address, 'Street', 'Formatted'),
    ],
    [
      'leaf of the address keeps the rest',
      [{ op: 'replace', path: '/Address/Street/City', value: 'Odense' }],
      'Gade 1\n2800 Odense\n',
      e => at(e.Address, 'Street', 'Formatted'),
    ],
    [
      'custom fields: a subset',
      [{ op: 'replace', path: '/CustomFields', value: { 'Siteshop:CompUserText01': 'new' } }],
      ['new', 'two'],
      e => [udef(e, 'Text01'), udef(e, 'Text02')],
    ],
    [
      'one custom field by path',
      [{ op: 'replace', path: '/CustomFields/Siteshop:CompUserText02', value: 'new' }],
      ['one', 'new'],
      e => [udef(e, 'Text01'), udef(e, 'Text02')],
    ],
    [
      'one custom field removed',
      [{ op: 'remove', path: '/CustomFields/Siteshop:CompUserText02' }],
      ['one', ''],
      e => [udef(e, 'Text01'), udef(e, 'Text02')],
    ],
    [
      'a test that holds',
      [
        { op: 'test', path: '/Name', value: 'Acme' },
        { op: 'test', path: '/Category/Id', value: 2 },
        { op: 'replace', path: '/Name', value: 'Acme 2' },
      ],
      'Acme 2',
      e => e.Name,
    ],
    [
      'read-only is passed over',
      [{ op: 'replace', path: '/CreatedDate', value: '1999-01-01' }],
      'Acme',
      e => e.Name,
    ],
    ['merge: texts', { department: 'Herlev' }, 'Herlev', e => e.Department],
    ['merge: null clears', { Department: null }, '', e => e.Department],
    ['merge: inside a reference', { Category: { Id: 3 } }, 3, e => at(e.Category, 'Id')],
    [
      'merge: an object is appended to an array',
      { Phones: { Value: '33' } },
      ['11', '22', '33'],
      e => values(e.Phones),
    ],
    ['merge: an array replaces', { Phones: [{ Value: '33' }] }, ['33'], e => values(e.Phones)],
    [
      'merge: a null property stays null',
      { SupportAssociate: { AssociateId: 2 } },
      null,
      e => e.SupportAssociate,
    ],
    [
      'merge: part of the address',
      { Address: { Street: { City: 'Odense' } } },
      'Gade 1\n2800 Odense\n',
      e => at(e.Address, 'Street', 'Formatted'),
    ],
    [
      'merge: custom fields',
      { customFields: { 'Siteshop:CompUserText01': 'new' } },
      ['new', 'two'],
      e => [udef(e, 'Text01'), udef(e, 'Text02')],
    ],
    ['merge: names nobody knows', { Nonsense: 1, Name: 'x' }, 'x', e => e.Name],
  ])('%s', async (_name, body, expected, read) => {
    const id = await tenant.company(start);
    expect(read(await tenant.json('PATCH', `/v1/Contact/${id}`, body))).toEqual(expected);
    expect(read(await tenant.json('GET', `/v1/Contact/${id}`))).toEqual(expected);
  });
});

describe('patches that are refused, and change nothing', () => {
  const rename = { op: 'replace', path: '/Name', value: 'half done' };
  test.each<[name: string, body: unknown, status: number, words: string]>([
    ['test that fails', [rename, { op: 'test', path: '/Department', value: 'x' }], 409, '/Department'],
    ['move', [rename, { op: 'move', from: '/Name', path: '/Department' }], 400, 'move'],
    ['copy', [rename, { op: 'copy', from: '/Name', path: '/Department' }], 400, 'copy'],
    ['unknown operation', [rename, { op: 'set', path: '/Name', value: 'x' }], 400, 'set'],
    ['unknown property', [rename, { op: 'replace', path: '/Stage', value: 'x' }], 400, 'Stage'],
    ['no path', [{ op: 'replace', value: 'x' }], 400, 'path'],
    ['no value', [{ op: 'replace', path: '/Name' }], 400, 'value'],
    [
      'stepping into null',
      [rename, { op: 'replace', path: '/SupportPerson/PersonId', value: 1 }],
      400,
      'null',
    ],
    ['stepping into a prototype', [{ op: 'add', path: '/Address/__proto__/x', value: 1 }], 400, 'null'],
    [
      'stepping into a text',
      [rename, { op: 'replace', path: '/Department/Id', value: 1 }],
      400,
      'Department',
    ],
    ['no such element', [rename, { op: 'replace', path: '/Phones/7/Value', value: '1' }], 400, '7'],
    [
      'an object for a text',
      [rename, { op: 'replace', path: '/Address/Street/City', value: {} }],
      400,
      'City',
    ],
    ['unknown reference', [rename, { op: 'replace', path: '/Category', value: { Id: 999 } }], 400, '999'],
    [
      'reference without id',
      [rename, { op: 'replace', path: '/Category', value: { Value: 'x' } }],
      400,
      'Id',
    ],
    [
      'unknown interest',
      [rename, { op: 'add', path: '/Interests/-', value: { Id: 99, Selected: true } }],
      400,
      '99',
    ],
    ['unknown custom field', [rename, { op: 'add', path: '/CustomFields', value: { Nix: '1' } }], 400, 'Nix'],
    ['a text for an array', [rename, { op: 'replace', path: '/Phones', value: '1' }], 400, 'Phones'],
    ['a text as body', '"Name"', 400, 'body'],
  ])('%s', async (_name, body, status, words) => {
    const id = await tenant.company(start);
    const before = await tenant.json('GET', `/v1/Contact/${id}`);
    const reply = await tenant.call('PATCH', `/v1/Contact/${id}`, { body });
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject({ Error: true, ErrorMessage: expect.stringContaining(words) });
    expect(await tenant.json('GET', `/v1/Contact/${id}`)).toEqual(before);
  });

  test('a record that does not exist', async () => {
    expect((await tenant.call('PATCH', '/v1/Contact/99999', { body: [rename] })).status).toBe(404);
  });
});

test('escaped path segments name dictionary keys', async () => {
  const id = await tenant.company();
  const body = [{ op: 'replace', path: '/CustomFields/a~1b~0c', value: 'x' }];
  const reply = await tenant.call('PATCH', `/v1/Contact/${id}`, { body });
  expect(reply.json).toMatchObject({ ErrorMessage: expect.stringContaining('a/b~c') });
});
