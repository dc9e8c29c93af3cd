import { describe, expect, test } from 'vitest';
import { listTables } from '../../../src/sandbox/lists/tables.ts';
import { ListServer } from './call.ts';
// Written down from the OpenAPI document of `/v1/List`.
import carrierProperties from './carrier-properties.json' with { type: 'json' };

const typedLists = listTables
  .filter(list => list.restName !== null)
  .map(list => [list.restName, list] as const);

describe('reading', () => {
  test('names are raw without a language and translated with one', () => {
    const server = new ListServer();
    expect(server.array('GET', '/v1/List/Category/Items')[0]).toEqual({
      Id: 1,
      Name: 'NO:"Kunde";US:"Customer";DA:"Kunde";SW:"Kund"',
      Tooltip: '',
      Deleted: false,
      UdListDefinitionId: 0,
      Rank: 1,
      TableRight: null,
      FieldProperties: {},
    });
    expect(server.object('GET', '/v1/List/Category/Items/1', undefined, 'sv').Name).toBe('Kund');
  });

  test('deleted items come when asked for', () => {
    const server = new ListServer();
    expect(server.array('GET', '/v1/List/Category/Items')).toHaveLength(6);
    expect(server.array('GET', '/v1/List/Category/Items?includeDeleted=true')).toHaveLength(7);
  });

  test('one list has several addresses', () => {
    const server = new ListServer();
    const byName = server.array('GET', '/v1/List/Category/Items');
    expect(server.array('GET', '/v1/List/category/Items')).toEqual(byName);
    expect(server.array('GET', '/v1/List/-64/Items')).toEqual(byName);
    expect(server.array('GET', '/v1/List/1/Items')).toEqual(byName);
    expect(server.array('GET', '/v1/List/101/Items')).toEqual(
      server.array('GET', '/v1/List/Delivery%20class/Items'),
    );
    expect(server.array('GET', '/v1/List/-70/Items')).toHaveLength(3);
  });

  test.each([
    ['/v1/List/Nonsense/Items'],
    ['/v1/List/999/Items'],
    ['/v1/List/-1/Items'],
    ['/v1/List/Category/Items/999'],
    ['/v1/List/101/Items/999'],
    ['/v1/List/Category/Items/abc'],
    ['/v1/List/Country/Items/Default'],
    ['/v1/List/UserGroup/Items/Default'],
  ])('%s is not found', address => {
    expect(new ListServer().refusal('GET', address)).toEqual({
      status: 404,
      errorType: 'SoNotFoundException',
    });
  });
});

describe('carriers', () => {
  test.each(typedLists)('%s answers exactly the properties of its specification', (restName, list) => {
    const server = new ListServer();
    const specified = carrierProperties[list.carrier];
    const items = server.array('GET', `/v1/List/${restName}/Items?includeDeleted=true`);
    for (const item of items) expect(Object.keys(item).sort()).toEqual(specified);
    expect(specified).toContain(list.idProperty);
    expect(specified).toContain(list.nameProperty);
  });

  test('a country has its codes', () => {
    expect(new ListServer().object('GET', '/v1/List/Country/Items/578', undefined, 'en')).toMatchObject({
      CountryId: 578,
      Name: 'Norway',
      EnglishName: 'Norway',
      TwoLetterISOCountry: 'NO',
      ThreeLetterISOCountry: 'NOR',
      ZipPrefix: 'N-',
      CurrencyId: 1,
      DialInPrefix: '47',
      DomainName: 'no',
    });
  });

  test('stages are named by Value and a sale type ticks its own', () => {
    const server = new ListServer();
    expect(server.object('GET', '/v1/List/Rating/Items/3', undefined, 'en')).toMatchObject({
      SaleStageId: 3,
      Value: 'Quote sent',
      Probability: 40,
    });
    const { Stages } = server.object('GET', '/v1/List/SaleType/Items/2', undefined, 'en');
    expect(Stages).toMatchObject([
      { Id: 1, Selected: false },
      { Id: 2, Selected: true },
      { Id: 3, Selected: true },
      { Id: 4, Selected: false },
      { Id: 5, Selected: true },
    ]);
  });

  test('ticket categories tell their path', () => {
    expect(new ListServer().object('GET', '/v1/List/TicketCategory/Items/4')).toMatchObject({
      ParentId: 3,
      Fullname: 'Administration/Accounting/Overdue',
    });
  });
});

describe('writing', () => {
  test('a new item is last in the list and is answered whole', () => {
    const server = new ListServer();
    const added = server.object('POST', '/v1/List/Category/Items', {
      name: 'Wholesaler',
      tooltip: 'by import',
    });
    expect(added).toMatchObject({ Id: 8, Name: 'Wholesaler', Tooltip: 'by import', Deleted: false, Rank: 8 });
    expect(server.object('GET', '/v1/List/Category/Items/8')).toEqual(added);
  });

  test('a built-in list refuses a name it has, deleted or not; a user-defined one does not', () => {
    const server = new ListServer();
    const duplicate = { status: 400, errorType: 'SoDuplicateException' };
    server.answer('POST', '/v1/List/Category/Items', { Name: 'Wholesaler' });
    expect(server.refusal('POST', '/v1/List/Category/Items', { Name: 'Wholesaler' })).toEqual(duplicate);
    expect(server.refusal('POST', '/v1/List/Category/Items', { Name: 'WHOLESALER' })).toEqual(duplicate);
    expect(server.answer('DELETE', '/v1/List/Category/Items/8')).toEqual({ status: 204 });
    expect(server.refusal('POST', '/v1/List/Category/Items', { Name: 'Wholesaler' })).toEqual(duplicate);
    server.answer('PUT', '/v1/List/Category/Items/8', { Deleted: false });
    expect(server.object('GET', '/v1/List/Category/Items/8')).toMatchObject({
      Name: 'Wholesaler',
      Deleted: false,
    });
    expect(server.object('POST', '/v1/List/101/Items', { Name: 'Rail' })).toMatchObject({
      Id: 5,
      UdListDefinitionId: 101,
    });
  });

  test.each([
    ['/v1/List/-64/Items', { Name: 'A' }, 'ArgumentException'],
    ['/v1/List/3/Items', { Name: 'A' }, 'ArgumentException'],
    ['/v1/List/Category/Items', { Tooltip: 'A' }, 'SoValidationException'],
    ['/v1/List/Category/Items', { Name: 'A'.repeat(240) }, 'SoValidationException'],
    ['/v1/List/Category/Items', undefined, 'ArgumentException'],
  ])('POST %s with %j is refused with %s', (address, body, errorType) => {
    expect(new ListServer().refusal('POST', address, body)).toEqual({ status: 400, errorType });
  });

  test('lists without a typed name take items by their id', () => {
    const server = new ListServer();
    const id = server.answer('POST', '/v1/Agents/MDO/GetListIdByListName', { Name: 'contint' }).json;
    server.answer('POST', `/v1/List/${id}/Items`, { Name: 'Open day' });
    expect(server.array('GET', '/v1/MDOList/contint?flat=true').map(item => item.Name)).toContain('Open day');
  });

  test('PUT of the collection changes what has an id and adds the rest', () => {
    const server = new ListServer();
    const saved = server.array('PUT', '/v1/List/Source/Items', [{ Id: 1, Name: 'Web' }, { Name: 'Radio' }]);
    expect(saved.map(item => item.Name)).toEqual(
      expect.arrayContaining(['Web', 'Radio', 'NO:"Messe";US:"Trade fair";DA:"Messe";SW:"Mässa"']),
    );
    expect(saved).toHaveLength(5);
  });

  test('DELETE of the collection marks every item, special lists refuse it', () => {
    const server = new ListServer();
    server.answer('DELETE', '/v1/List/Source/Items');
    expect(server.array('GET', '/v1/List/Source/Items')).toEqual([]);
    expect(server.array('GET', '/v1/List/Source/Items?includeDeleted=true')).toHaveLength(4);
    expect(server.refusal('DELETE', '/v1/List/Country/Items')?.status).toBe(405);
    expect(server.refusal('PUT', '/v1/List/SaleType/Items', [])?.status).toBe(405);
  });

  test('a new ticket category gets its path from its parent', () => {
    const server = new ListServer();
    const added = server.object('POST', '/v1/List/TicketCategory/Items', { Name: 'Overdue', ParentId: 1 });
    expect(added).toMatchObject({ Fullname: 'Support/Overdue', ParentId: 1 });
  });

  test('templates are empty', () => {
    expect(new ListServer().object('GET', '/v1/List/Business/Items/Default')).toMatchObject({
      Id: 0,
      Name: '',
    });
  });
});
