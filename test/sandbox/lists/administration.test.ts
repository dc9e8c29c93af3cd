import { expect, test } from 'vitest';
import { ListServer } from './call.ts';

test('GET /v1/List tells built-in and user-defined lists', () => {
  const server = new ListServer();
  const lists = server.array('GET', '/v1/List');
  expect(lists[0]).toEqual({
    Id: 1,
    Name: 'Category',
    Tooltip: '',
    Deleted: false,
    Rank: 1,
    IsCustomList: false,
    IsMDOList: true,
    UseGroupsAndHeadings: true,
    ListType: 'category',
    InUseByUserDefinedFields: false,
    TableRight: null,
    FieldProperties: {},
  });
  expect(lists.at(-1)).toMatchObject({
    Id: 101,
    Name: 'Delivery class',
    IsCustomList: true,
    InUseByUserDefinedFields: true,
  });
});

test('a user-defined list is made, filled, renamed and deleted', () => {
  const server = new ListServer();
  const made = server.object('POST', '/v1/List', {
    Name: 'Colour',
    Tooltip: 'of the box',
    IsCustomList: true,
  });
  expect(made).toMatchObject({
    Id: 102,
    Name: 'Colour',
    Tooltip: 'of the box',
    _Links: { Self: 'http://127.0.0.1/Sandbox/api/v1/List/102' },
  });
  expect(server.refusal('POST', '/v1/List', { Name: 'Colour' })?.errorType).toBe('SoDuplicateException');
  server.answer('POST', '/v1/List/Colour/Items', { Name: 'Red' });
  expect(server.array('GET', '/v1/List/102/Items')).toMatchObject([{ Name: 'Red', UdListDefinitionId: 102 }]);
  expect(server.array('GET', '/v1/List/101/Items')).toHaveLength(3);
  expect(server.object('PUT', '/v1/List/102', { Name: 'Colours' }).Name).toBe('Colours');
  expect(server.answer('DELETE', '/v1/List/102').status).toBe(204);
  expect(server.array('GET', '/v1/List').map(list => list.Id)).not.toContain(102);
  expect(server.array('GET', '/v1/List?includeDeleted=true').map(list => list.Id)).toContain(102);
  expect(server.refusal('DELETE', '/v1/List/Category')?.status).toBe(400);
});

test('user groups of an item: all until some are chosen', () => {
  const server = new ListServer('KARIN');
  const address = '/v1/List/Category/Items/2/UserGroups';
  expect(server.array('GET', address).map(group => group.Selected)).toEqual([true, true, true]);
  server.answer('PUT', address, [
    { Id: 1, Selected: true },
    { Id: 2, Selected: false },
  ]);
  expect(server.array('GET', address).map(group => group.Selected)).toEqual([true, false, false]);
  expect(server.array('GET', '/v1/MDOList/category').map(item => item.Id)).not.toContain(2);
  server.answer('PUT', address, []);
  expect(server.array('GET', address).map(group => group.Selected)).toEqual([false, false, false]);
  server.answer(
    'PUT',
    address,
    [1, 2, 3].map(Id => ({ Id, Selected: true })),
  );
  expect(server.array('GET', '/v1/MDOList/category').map(item => item.Id)).toContain(2);
});

test('headings of a list and of an item', () => {
  const server = new ListServer();
  const heading = server.object('POST', '/v1/List/Source/Headings', { Name: 'Digital' });
  expect(heading).toMatchObject({ Name: 'Digital', Rank: 1, Deleted: false });
  server.answer('PUT', '/v1/List/Source/Items/1/Headings', [{ Id: heading.HeadingId, Selected: true }]);
  expect(server.array('GET', '/v1/List/Source/Items/1/Headings')).toMatchObject([
    { Name: 'Digital', Selected: true },
  ]);
  expect(server.array('GET', '/v1/MDOList/source').map(item => item.Type)).toEqual([
    'heading',
    'source',
    'source',
    'source',
  ]);
  server.answer('PUT', '/v1/List/Source/Headings', [{ HeadingId: heading.HeadingId, Name: 'Online' }]);
  expect(server.array('GET', '/v1/List/Source/Headings')).toMatchObject([{ Name: 'Online' }]);
  server.answer('DELETE', '/v1/List/Source/Headings');
  expect(server.array('GET', '/v1/MDOList/source')).toHaveLength(4);
});

test('the agents are twins of the addresses', () => {
  const server = new ListServer();
  const item = { Id: 0, Name: 'Sleigh', Tooltip: '', Deleted: false, UdListDefinitionId: 101, Rank: 0 };
  const saved = server.object('POST', '/v1/Agents/List/SaveListItemEntity', { ListItemEntity: item });
  expect(saved).toMatchObject({ Id: 5, Name: 'Sleigh', UdListDefinitionId: 101 });
  expect(server.refusal('POST', '/v1/Agents/List/SaveListItemEntity', item)?.errorType).toBe(
    'NullReferenceException',
  );
  server.answer('POST', '/v1/Agents/List/AddFromListName', {
    UdListDefinitionName: 'Delivery class',
    Item: { Name: 'Drone' },
  });
  server.answer('POST', '/v1/Agents/List/AddFromListDefinition', {
    UdListDefinitionId: 1,
    Item: { Name: 'Friend' },
  });
  expect(server.array('GET', '/v1/List/Category/Items').at(-1)?.Name).toBe('Friend');
  expect(
    server
      .array('POST', '/v1/Agents/List/GetAllFromListDefinition', { UdListDefinitionId: 101 })
      .map(entry => entry.Name),
  ).toEqual(expect.arrayContaining(['Sleigh', 'Drone']));
  expect(server.array('POST', '/v1/Agents/List/GetAllCountries', { IncludeDeleted: false })).toHaveLength(
    249,
  );
  expect(server.object('POST', '/v1/Agents/List/GetCountry?countryId=208').EnglishName).toBe('Denmark');
  expect(server.answer('POST', '/v1/Agents/List/GetCountry?countryId=9999').json).toBeNull();
});

test('the associate agent answers people by id, person and group', () => {
  const server = new ListServer();
  const anders = {
    AssociateId: 2,
    Name: 'ANDERSDYRE',
    FullName: 'Anders Dyre',
    PersonId: 1,
    GroupIdx: 1,
    Type: 'InternalAssociate',
    UserName: 'anders.dyre@superoffice.demo.invalid',
    Deleted: false,
  };
  expect(server.object('POST', '/v1/Agents/Associate/GetAssociate?associateId=2')).toMatchObject(anders);
  expect(server.object('POST', '/v1/Agents/Associate/GetAssociateByPersonId', { PersonId: 1 })).toMatchObject(
    anders,
  );
  const list = server.array('POST', '/v1/Agents/Associate/GetAssociateList', [1, 2, 999]);
  expect(list.map(associate => associate.Type)).toEqual(['SystemAssociate', 'InternalAssociate']);
  const group = server.array('POST', '/v1/Agents/Associate/GetAssociatesByGroup', { GroupId: 1, Type: 0 });
  expect(group.map(associate => associate.Name)).toEqual(['ANDERSDYRE', 'INGRIDSOL', 'JENSO']);
});
