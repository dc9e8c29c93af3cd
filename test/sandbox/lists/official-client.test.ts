import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { basic, caller } from '../server/talk.ts';
import { webapi } from '../server/webapi.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
});
afterAll(() => sandbox.close());

function settings(language?: string) {
  const Authorization = basic(sandbox.username, sandbox.password);
  return { headers: language === undefined ? { Authorization } : { Authorization, 'SO-Language': language } };
}

describe('MDOAgent of @superoffice/webapi', () => {
  const agent = (language?: string) => new webapi.MDOAgent(`${sandbox.url}/api`, settings(language));

  test('reads lists flat and under headings, in the language asked for', async () => {
    const flat = await agent('sv').getListAsync('business', true, '', false);
    expect(flat[0]).toMatchObject({ id: 1, name: 'IT' });
    expect(flat.map(item => item.name)).toContain('Detaljhandel');
    const roots = await agent('en').getListAsync('business', false, '', false);
    expect(roots.map(item => item.name)).toEqual(['Goods', 'Services']);
    expect(roots[1]?.childItems?.map(item => item.name)).toContain('Health');
  });

  test('searches, finds single items and tells names and ids', async () => {
    const found = await agent('en').getListWithRestrictionAsync('category', '', 'kund');
    expect(found.map(item => item.name)).toEqual(['Customer']);
    expect(await agent('en').getListItemAsync('perspos', 2)).toMatchObject({ id: 2, name: 'Sales manager' });
    expect(await agent().getListItemAsync('perspos', 999)).toBeNull();
    expect(await agent().getListNamesAsync()).toEqual(expect.arrayContaining(['category', 'udlist101']));
    expect(await agent().getListIdByListNameAsync('udlist101')).toBe(101);
  });

  test('selectable lists say what is ticked', async () => {
    const items = await agent().getSelectableListAsync('category', true, '', false);
    expect(items[0]).toMatchObject({ id: 1, selected: false, hidden: false });
    const stages = await agent('en').getListAsync('salestage', true, 'SaleTypeID=2', false);
    expect(stages.map(stage => stage.id)).toEqual([2, 3, 5, -2, -1]);
  });
});

describe('ListAgent of @superoffice/webapi', () => {
  const agent = (language?: string) => new webapi.ListAgent(`${sandbox.url}/api`, settings(language));

  test('reads the typed lists', async () => {
    const countries = await agent('en').getAllCountriesAsync(false);
    expect(countries).toHaveLength(249);
    expect(countries.find(country => country.twoLetterISOCountry === 'IS')).toMatchObject({
      countryId: 352,
      name: 'Iceland',
      zipPrefix: 'IS-',
    });
    expect(await agent().getCountryAsync(208)).toMatchObject({ englishName: 'Denmark' });
    expect(await agent('en').getAllSaleStagesAsync(true)).toHaveLength(6);
    expect((await agent('da').getAllTasksAsync(false))[0]).toMatchObject({ value: 'Møde' });
    expect((await agent().getAllCurrenciesAsync(false))[1]).toMatchObject({ name: 'DKK', units: 100 });
    expect((await agent().getListDefinitionsAsync(false)).map(list => list.name)).toContain('Delivery class');
  });

  test('adds, changes and deletes items of a user-defined list', async () => {
    const item = await agent().createDefaultListItemEntityAsync();
    item.name = 'Bicycle';
    const added = await agent().addFromListNameAsync('Delivery class', item);
    expect(added).toMatchObject({ name: 'Bicycle', udListDefinitionId: 101 });
    added.tooltip = 'within town';
    expect(await agent().saveListItemEntityAsync(added)).toMatchObject({
      id: added.id,
      tooltip: 'within town',
    });
    await agent().deleteFromListDefinitionAsync({ id: added.id ?? 0, udListDefinitionId: 101 });
    const all = await agent().getAllFromListDefinitionAsync(101, true);
    expect(all.find(entry => entry.id === added.id)).toMatchObject({ name: 'Bicycle', deleted: true });
    expect(await agent().getAllFromListDefinitionAsync(101, false)).toHaveLength(3);
  });
});

test('AssociateAgent of @superoffice/webapi reads people', async () => {
  const agent = new webapi.AssociateAgent(`${sandbox.url}/api`, settings());
  expect(await agent.getAssociateAsync(2)).toMatchObject({ name: 'ANDERSDYRE', fullName: 'Anders Dyre' });
  expect((await agent.getAssociateListAsync([1, 3])).map(associate => associate.name)).toEqual([
    'SIC',
    'INGRIDSOL',
  ]);
});

describe('over HTTP', () => {
  test('an item is added with the body of the documents, and refused the second time', async () => {
    const call = caller(sandbox);
    const body = { Name: 'US:"Wholesaler";GE:"Großhändler"', Tooltip: 'created by import' };
    const added = await call('POST', '/v1/List/Category/Items', { body });
    expect(added.status).toBe(200);
    expect(added.json).toMatchObject({ ...body, Deleted: false, UdListDefinitionId: 0 });
    const again = await call('POST', '/v1/List/Category/Items', { body });
    expect(again.status).toBe(400);
    expect(again.json).toMatchObject({ Error: true, ErrorType: 'SoDuplicateException' });
  });

  test('language headers translate, * gives the raw text', async () => {
    const call = caller(sandbox);
    const name = async (headers: Record<string, string>) => {
      const { json } = await call('GET', '/v1/List/Category/Items/3', { headers });
      return json;
    };
    expect(await name({ 'accept-language': 'da' })).toMatchObject({ Name: 'Leverandør' });
    expect(await name({ 'accept-language': 'da', 'so-language': 'en' })).toMatchObject({ Name: 'Supplier' });
    expect(await name({ 'accept-language': '*' })).toMatchObject({
      Name: expect.stringContaining('SW:"Leverantör"'),
    });
  });

  test('a list by its name with a blank, and what is not there', async () => {
    const call = caller(sandbox);
    expect((await call('GET', '/v1/List/Delivery%20class/Items')).json).toHaveLength(3);
    expect((await call('GET', '/v1/List/Nonsense/Items')).status).toBe(404);
    expect((await call('DELETE', '/v1/List/Source/Items/1')).status).toBe(204);
    expect((await call('GET', '/v1/List/Source/Items')).json).toHaveLength(3);
  });
});
