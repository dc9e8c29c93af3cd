import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import expectedNames from './carrier-properties.json' with { type: 'json' };
import { array, at, type Json, Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const create = (body: Json): Promise<Json> => tenant.json('POST', '/v1/Sale', { Heading: 'Order', ...body });
const patch = (id: unknown, body: Json): Promise<Json> => tenant.json('PATCH', `/v1/Sale/${id}`, body);

test('the carriers have exactly the properties of the specs', async () => {
  const id = await tenant.sale();
  expect(Object.keys(await tenant.json('GET', `/v1/Sale/${id}`))).toEqual(expectedNames.SaleEntityWithLinks);
  expect(Object.keys(await tenant.json('GET', `/v1/Sale/${id}/Simple`))).toEqual(expectedNames.Sale);
});

test('everything an importer sets comes back', async () => {
  const contact = await tenant.company({ Name: 'Nord' });
  const person = await tenant.json('POST', '/v1/Person', {
    Firstname: 'Åse',
    Contact: { ContactId: contact },
  });
  const body = {
    Heading: 'Order 77',
    SaleText: 'note',
    Postit: 'remember',
    Number: '77',
    Contact: { ContactId: contact },
    Person: { PersonId: person.PersonId },
    Project: { ProjectId: await tenant.project() },
    Associate: { AssociateId: 2 },
    SaleType: { Id: 2 },
    Rating: { Id: 3 },
    Probability: 45,
    Saledate: '2026-01-07T00:00:00',
    ReopenDate: '2026-03-07T00:00:00',
    Amount: 15980.27,
    EarningPercent: 40,
    Earning: 6392.11,
    Currency: { Id: 2 },
    Source: { Id: 1 },
    Competitor: { Id: 2 },
    Credited: { Id: 1 },
    Reason: { Id: 3 },
    ReasonSold: { Id: 2 },
    ReasonStalled: { Id: 1 },
    Status: 'Stalled',
    Completed: 'Completed',
    Links: [{ EntityName: 'contact', Id: 1 }],
    VisibleFor: [
      { Visibility: 'Group', VisibleId: 1 },
      { Visibility: 'Associate', VisibleId: 2 },
    ],
  };
  const { SaleId } = await create(body);
  expect(await tenant.json('GET', `/v1/Sale/${SaleId}`)).toMatchObject(body);
  expect(await tenant.json('GET', `/v1/Sale/${SaleId}/Simple`)).toMatchObject({
    SaleId,
    Title: 'Order 77',
    ContactName: 'Nord',
    PersonFullName: 'Åse',
    ProjectName: 'Harbour',
    AssociateFullName: 'Anders Dyre',
    Description: 'note',
    SaleDate: '2026-01-07T00:00:00',
    Currency: 'DKK',
    WeightedAmount: (15980.27 * 45) / 100,
    Status: 'Stalled',
    Completed: 'Completed',
  });
});

test('a new sale starts with the defaults', async () => {
  const template = await tenant.json('GET', '/v1/Sale/default');
  expect(template).toMatchObject({
    SaleId: 0,
    Status: 'Open',
    Completed: 'Started',
    SaleType: { Id: 1 },
    Rating: { Id: 1 },
    Probability: 10,
    Currency: { Value: 'NOK' },
    Associate: { Name: 'SIC' },
    VisibleFor: [{ Visibility: 'All', VisibleId: 0 }],
    Contact: null,
    Project: null,
    Amount: 0,
  });
  expect(template.Saledate).toMatch(/^\d{4}-\d{2}-\d{2}T00:00:00$/);
  expect(await create({})).toMatchObject({ Number: template.Number, Rating: { Id: 1 } });
});

describe('Rating', () => {
  test.each<[string, Json, Json]>([
    ['brings its probability', { Rating: { Id: 3 } }, { Probability: 40 }],
    ['leaves a probability that is sent', { Rating: { Id: 3 }, Probability: 33 }, { Probability: 33 }],
    ['follows the sale type', { SaleType: { Id: 2 } }, { Rating: { Id: 2 }, Probability: 20 }],
    ['moves neither Status nor Completed', { Rating: { Id: 5 } }, { Status: 'Open', Completed: 'Started' }],
  ])('of a new sale %s', async (_name, sent, shown) => {
    expect(await create(sent)).toMatchObject(shown);
  });

  test('of a kept sale brings its probability when it is new', async () => {
    const id = await tenant.sale({ Rating: { Id: 3 }, Probability: 33 });
    expect(await patch(id, { Rating: { Id: 3 } })).toMatchObject({ Probability: 33 });
    expect(await patch(id, { Rating: { Id: 4 } })).toMatchObject({ Probability: 60 });
    expect(await patch(id, { Rating: { Id: 5 }, Probability: 1 })).toMatchObject({ Probability: 1 });
    expect(await patch(id, { Heading: 'Other' })).toMatchObject({ Probability: 1 });
  });

  test('must belong to the sale type, whichever of them changes', async () => {
    const refused = { status: 400, json: { ErrorMessage: expect.stringContaining('Rating') } };
    const post = { body: { SaleType: { Id: 2 }, Rating: { Id: 1 } } };
    expect(await tenant.call('POST', '/v1/Sale', post)).toMatchObject(refused);
    const id = await tenant.sale({ Rating: { Id: 4 } });
    const path = `/v1/Sale/${id}`;
    expect(await tenant.call('PATCH', path, { body: { SaleType: { Id: 2 } } })).toMatchObject(refused);
    expect(await patch(id, { SaleType: { Id: 2 }, Rating: { Id: 5 } })).toMatchObject({ Probability: 90 });
    expect(await tenant.call('PATCH', path, { body: { Rating: { Id: 4 } } })).toMatchObject(refused);
    expect(await tenant.json('POST', '/v1/Sale/Validate', post.body)).toHaveProperty('Rating');
  });
});

describe('Amount, Earning and EarningPercent', () => {
  const kept = { Amount: 200, Earning: 50, EarningPercent: 25 };
  test.each<[sent: Json, shown: Json]>([
    [{ Amount: 400 }, { Amount: 400, Earning: 100, EarningPercent: 25 }],
    [{ EarningPercent: 40 }, { Amount: 200, Earning: 80, EarningPercent: 40 }],
    [{ Earning: 150 }, { Amount: 200, Earning: 150, EarningPercent: 75 }],
    [
      { Amount: 100, Earning: -20 },
      { Amount: 100, Earning: -20, EarningPercent: -20 },
    ],
    [
      { Amount: 100, EarningPercent: 10 },
      { Amount: 100, Earning: 10, EarningPercent: 10 },
    ],
    [
      { Amount: 0, Earning: 5 },
      { Amount: 0, Earning: 5, EarningPercent: 0 },
    ],
    [
      { Earning: 7, EarningPercent: 3 },
      { Amount: 200, Earning: 7, EarningPercent: 3 },
    ],
    [
      { Amount: 1, Earning: 2, EarningPercent: 3 },
      { Amount: 1, Earning: 2, EarningPercent: 3 },
    ],
    [{ Heading: 'Other' }, kept],
  ])('patched with %j', async (sent, shown) => {
    expect(await patch(await tenant.sale(kept), sent)).toMatchObject(shown);
    const operations = Object.entries(sent).map(([name, value]) => ({
      op: 'replace',
      path: `/${name}`,
      value,
    }));
    const path = `/v1/Sale/${await tenant.sale(kept)}`;
    expect(await tenant.json('PATCH', path, operations)).toMatchObject(shown);
  });

  test.each<[sent: Json, shown: Json]>([
    [{ Amount: 200 }, { Earning: 0, EarningPercent: 0 }],
    [{ Amount: 200, Earning: 50 }, { EarningPercent: 25 }],
    [{ Amount: 200, EarningPercent: 25 }, { Earning: 50 }],
    [
      { Amount: '15980.27', EarningPercent: 40 },
      { Amount: 15980.27, Earning: (15980.27 * 40) / 100 },
    ],
  ])('created with %j', async (sent, shown) => {
    expect(await create(sent)).toMatchObject(shown);
  });

  test('a PUT that leaves one out makes it follow', async () => {
    const id = await tenant.sale(kept);
    const { Earning: _, ...rest } = await tenant.json('GET', `/v1/Sale/${id}`);
    const entity = await tenant.json('PUT', `/v1/Sale/${id}`, { ...rest, EarningPercent: 50 });
    expect(entity).toMatchObject({ Amount: 200, Earning: 100, EarningPercent: 50 });
  });
});

test.each([
  ['NotStarted', 'Started'],
  ['started', 'Started'],
  ['Completed', 'Completed'],
])('Completed %s is read as %s', async (sent, shown) => {
  expect((await create({ Completed: sent })).Completed).toBe(shown);
});

test.each([
  [{ Status: 'Won' }, 'Status'],
  [{ Status: 2 }, 'Status'],
  [{ Amount: 'much' }, 'Amount'],
  [{ Amount: '1,5' }, 'Amount'],
  [{ Rating: { Id: 99 } }, 'Rating'],
  [{ Contact: { ContactId: 99_999 } }, 'Contact'],
  [{ Project: { ProjectId: 99_999 } }, 'Project'],
  [{ VisibleFor: [{ Visibility: 'Group', VisibleId: 99 }] }, 'VisibleFor'],
  [{ VisibleFor: [{ Visibility: 'Nobody' }] }, 'VisibleFor'],
  [{ Heading: 'h'.repeat(220) }, 'Heading'],
])('refused: %j', async (body, field) => {
  const reply = await tenant.call('POST', '/v1/Sale', { body });
  expect(reply.status).toBe(400);
  expect(reply.json).toMatchObject({ ErrorMessage: expect.stringContaining(field) });
});

test.each([
  ['2026-01-07T15:30:00', '2026-01-07T15:30:00'],
  ['2026-01-07', '2026-01-07T00:00:00'],
  ['2026-01-07T15:30:00+02:00', '2026-01-07T13:30:00'],
  ['0001-01-01T00:00:00', '0001-01-01T00:00:00'],
  [null, '0001-01-01T00:00:00'],
])('Saledate %s', async (sent, shown) => {
  const body = [{ op: 'replace', path: '/Saledate', value: sent }];
  const entity = await tenant.json('PATCH', `/v1/Sale/${await tenant.sale()}`, body);
  expect(entity.Saledate).toBe(shown);
});

test('the group follows the owner, and the person need not belong to the company', async () => {
  const entity = await create({ Contact: { ContactId: 1 }, Person: { PersonId: await tenant.person() } });
  expect(at(entity, 'Contact', 'ContactId')).toBe(1);
  const mikko = array((await tenant.json('GET', '/v1/User?$select=associateDbId,usergroupId')).value).find(
    user => user.usergroupId === 3,
  );
  await patch(entity.SaleId, { Associate: { AssociateId: mikko?.associateDbId } });
  const query = `$select=saleId&$filter=userGroup oneOf (3) and saleId = ${entity.SaleId}`;
  const found = await tenant.json('GET', `/v1/Archive/SimpleSale?${encodeURI(query)}`);
  expect(array(found.value)).toHaveLength(1);
});

test('a merge patch sets no reference that is null, a patch operation does', async () => {
  const id = await tenant.sale();
  expect((await patch(id, { Project: { ProjectId: 1 } })).Project).toBeNull();
  const project = await tenant.project();
  const body = [{ op: 'replace', path: '/Project', value: { ProjectId: project } }];
  expect(at(await tenant.json('PATCH', `/v1/Sale/${id}`, body), 'Project', 'ProjectId')).toBe(project);
});

test('custom fields of both tables', async () => {
  const CustomFields = {
    'Siteshop:SaleUserKey01': 'S-1',
    'Siteshop:SaleUserText04': 'long',
    'Siteshop:SaleUserDec02': '[F:1.5]',
  };
  const { SaleId } = await create({ CustomFields });
  expect((await tenant.json('GET', `/v1/Sale/${SaleId}`)).CustomFields).toMatchObject(CustomFields);
});

test('a deleted sale is gone', async () => {
  const id = await tenant.sale({ VisibleFor: [{ Visibility: 'Group', VisibleId: 1 }] });
  expect((await tenant.call('DELETE', `/v1/Sale/${id}`)).status).toBe(204);
  expect((await tenant.call('GET', `/v1/Sale/${id}`)).status).toBe(404);
  expect((await tenant.call('DELETE', `/v1/Sale/${id}`)).status).toBe(404);
  const query = `$select=visiblefor.recordId&$filter=visiblefor.recordId = ${id}`;
  expect((await tenant.json('GET', `/v1/Archive/dynamic?${encodeURI(query)}`)).value).toEqual([]);
});
