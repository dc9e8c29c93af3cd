import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, type Json, object, Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const prefix = 'Siteshop:CompUser';

async function create(fields: Json): Promise<Json> {
  const CustomFields = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [prefix + name, value]),
  );
  return tenant.json('POST', '/v1/Contact', { Name: 'Acme', CustomFields });
}

describe('values as CustomFields and UserDefinedFields show them', () => {
  test.each<[field: string, sent: string, custom: string, userDefined: string]>([
    ['Key01', 'C-0001', 'C-0001', 'C-0001'],
    ['Text04', 'long', 'long', 'long'],
    ['Num01', '[I:42]', '[I:42]', '[I:42]'],
    ['Num01', '42', '[I:42]', '[I:42]'],
    ['Dec01', '[F:4.43]', '[F:4.43]', '[F:4.43]'],
    ['Check01', '[I:1]', '[I:1]', 'True'],
    ['Check01', 'True', '[I:1]', 'True'],
    ['Date01', '[D:05/31/1999]', '[DT:05/31/1999 00:00:00.0000000]', '[D:05/31/1999 00:00:00.0000000]'],
    ['Date02', '[D:06/19/1869]', '[DT:06/19/1869 00:00:00.0000000]', '[D:06/19/1869 00:00:00.0000000]'],
    ['Date01', '', '[DT:01/01/0001 00:00:00.0000000]', '[D:01/01/0001 00:00:00.0000000]'],
  ])('%s from %s', async (field, sent, custom, userDefined) => {
    const { ContactId } = await create({ [field]: sent });
    const entity = await tenant.json('GET', `/v1/Contact/${ContactId}`);
    expect(at(entity, 'CustomFields', prefix + field)).toBe(custom);
    expect(at(entity, 'CustomFields', `${prefix + field}:org`)).toBe(custom);
    expect(at(entity, 'UserDefinedFields', prefix + field)).toBe(userDefined);
    expect(object(entity.UserDefinedFields)).not.toHaveProperty(`${prefix + field}:org`);
  });

  test('lists show the name of their item, check boxes yes or no', async () => {
    const items = (await tenant.call('GET', '/v1/Contact/UdefLayout/Published/Siteshop:CompUserList01')).json;
    const listName = object(items).MdoListName;
    const list = (await tenant.call('GET', `/v1/MDOList/${listName}?flat=true`)).json;
    const entity = await create({ List01: `[I:${at(list, 0, 'Id')}]`, Check01: '[I:1]' });
    expect(at(entity, 'CustomFields', `${prefix}List01:DisplayText`)).toBe(at(list, 0, 'Name'));
    expect(at(entity, 'CustomFields', `${prefix}Check01:DisplayText`)).toBe('[SR_YES]');
  });
});

describe('refused', () => {
  test.each([
    ['a Prog ID nobody knows', { CustomFields: { 'Siteshop:Nope': '1' } }, 'Siteshop:Nope'],
    [
      'a Prog ID in another case',
      { CustomFields: { 'siteshop:compuserkey01': '1' } },
      'siteshop:compuserkey01',
    ],
    ['an unknown key in the older dictionary', { UserDefinedFields: { Nix: '1' } }, 'Nix'],
    ['an extra field', { ExtraFields: { x_foo: '1' } }, 'x_foo'],
    ['a word for a number', { CustomFields: { 'Siteshop:CompUserNum01': 'many' } }, 'Siteshop:CompUserNum01'],
    ['a key over 39 characters', { CustomFields: { 'Siteshop:CompUserKey01': 'x'.repeat(40) } }, '39'],
    ['an item the list does not have', { CustomFields: { 'Siteshop:CompUserList01': '[I:9999]' } }, '9999'],
    ['an array', { CustomFields: [] }, 'dictionary'],
  ])('%s', async (_name, body, words) => {
    const reply = await tenant.call('POST', '/v1/Contact', { body: { Name: 'Acme', ...body } });
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({
      ErrorType: 'ArgumentException',
      ErrorMessage: expect.stringContaining(words),
    });
  });
});

describe('a whole entity whose dictionaries disagree', () => {
  const key = `${prefix}Text01`;
  const org = `${key}:org`;
  test.each<[name: string, custom: Json, userDefined: Json, expected: string]>([
    ['changed in CustomFields', { [key]: 'new' }, {}, 'new'],
    ['changed in UserDefinedFields', {}, { [key]: 'older way' }, 'older way'],
    ['changed in both', { [key]: 'new' }, { [key]: 'older way' }, 'new'],
    ['no :org to go by', { [org]: undefined }, { [key]: 'older way' }, 'older way'],
    ['display texts are not fields', { [`${prefix}Check01:DisplayText`]: 'x' }, {}, 'before'],
  ])('%s', async (_name, custom, userDefined, expected) => {
    const { ContactId } = await create({ Text01: 'before' });
    const entity = await tenant.json('GET', `/v1/Contact/${ContactId}`);
    const saved = await tenant.json('PUT', `/v1/Contact/${ContactId}`, {
      ...entity,
      CustomFields: { ...object(entity.CustomFields), ...custom },
      UserDefinedFields: { ...object(entity.UserDefinedFields), ...userDefined },
    });
    expect(at(saved, 'CustomFields', key)).toBe(expected);
  });
});

test('fields of a person live under their own names', async () => {
  const id = await tenant.person({ CustomFields: { 'Siteshop:PersUserKey01': 'P1' } });
  const entity = await tenant.json('GET', `/v1/Person/${id}`);
  expect(at(entity, 'CustomFields', 'Siteshop:PersUserKey01')).toBe('P1');
  expect(object(entity.CustomFields)).not.toHaveProperty(`${prefix}Key01`);
});
