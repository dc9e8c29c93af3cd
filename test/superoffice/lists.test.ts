import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/superoffice/connect.ts';
import { languageVariants, shownName } from '../../src/superoffice/multi-language.ts';
import { basicCredentials } from '../../src/superoffice/sign-in/credentials.ts';
import type { SuperOffice } from '../../src/superoffice/superoffice.ts';
import { type Script, startServer, withPrincipal } from './scripted-server.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

async function open(script: Script) {
  const server = await startServer(withPrincipal(script));
  const superoffice: SuperOffice = await connect({
    credentials: basicCredentials(server.root, 'SIC', 's3cret-word'),
    rate: 0,
    concurrency: 4,
    env: {},
    note: () => {},
    signal: new AbortController().signal,
  });
  server.log.length = 0;
  cleanUp.push(server.close, () => superoffice.close());
  return { log: server.log, superoffice };
}

const categories = [
  { Id: 1, Name: 'US:"Customer";NO:"Kunde"', Tooltip: '', Deleted: false, UdListDefinitionId: 0, Rank: 1 },
  { Id: 2, Name: 'Supplier', Tooltip: 'who sells', Deleted: false, UdListDefinitionId: 0, Rank: 2 },
  { Id: 3, Name: 'Old', Tooltip: 'keep me', Deleted: true, UdListDefinitionId: 0, Rank: 3 },
  { Id: 4, Name: 'Kunde', Tooltip: '', Deleted: false, UdListDefinitionId: 0, Rank: 4 },
];

const asked = (log: { method: string; path: string }[]): string[] =>
  log.map(({ method, path }) => `${method} ${path}`);

test.each<[string, Record<string, string> | null, string]>([
  ['US:"Customer";NO:"Kunde"', { US: 'Customer', NO: 'Kunde' }, 'Customer'],
  ['US:"Customer"; NO:"Kunde";', { US: 'Customer', NO: 'Kunde' }, 'Customer'],
  ['US:"Customer"NO:"Kunde"', { US: 'Customer', NO: 'Kunde' }, 'Customer'],
  ['DA:"Kunde; god"', { DA: 'Kunde; god' }, 'Kunde; god'],
  ['Customer', null, 'Customer'],
  ['US:"Customer" and more', null, 'US:"Customer" and more'],
  ['', null, ''],
])('names in %j', (raw, variants, shown) => {
  const found = languageVariants(raw);
  expect(found && Object.fromEntries(found)).toEqual(variants);
  expect(shownName(raw)).toBe(shown);
});

describe('finding', () => {
  test.each([
    ['Customer', 1],
    ['  Customer ', 1],
    ['US:"Customer";NO:"Kunde"', 1],
    ['Kunde', 4],
    ['customer', null],
    ['Old', null],
    ['', null],
  ])('%j is item %j', async (text, id) => {
    const { superoffice } = await open(() => ({ body: categories }));
    expect((await superoffice.list('Category')).find(text)?.id ?? null).toBe(id);
  });

  test('letter case, ids and deleted items', async () => {
    const { log, superoffice } = await open(() => ({ body: categories }));
    const [list, again] = await Promise.all([superoffice.list('Category'), superoffice.list('Category')]);
    expect(again).toBe(list);
    expect(asked(log)).toEqual(['GET /v1/List/Category/Items']);
    expect(log[0]?.query.get('includeDeleted')).toBe('true');
    expect(list.findIgnoringCase('CUSTOMER')).toMatchObject({ id: 1, name: 'Customer' });
    expect(list.findIgnoringCase('old')).toBeNull();
    expect(list.byId(3)).toMatchObject({ name: 'Old', deleted: true });
    expect(list.items).toHaveLength(4);
  });

  test('a failure is not remembered', async () => {
    const { superoffice } = await open((_request, turn) =>
      turn === 1 ? { status: 400, body: '' } : { body: categories },
    );
    await expect(superoffice.list('Category')).rejects.toThrow('400');
    expect((await superoffice.list('Category')).items).toHaveLength(4);
  });

  test.each([
    ['Task', { TaskListItemId: 5, Value: 'Call', Deleted: false }],
    ['Rating', { SaleStageId: 5, Value: 'Call', Deleted: false }],
    ['UserGroup', { Id: 5, Value: 'Call', Deleted: false }],
    ['DocumentTemplate', { DocumentTemplateId: 5, Name: 'Call', Deleted: false }],
    ['TicketStatus', { TicketStatusId: 5, Name: 'Call', Status: 'Active' }],
  ])('carrier of %s', async (name, carrier) => {
    const { superoffice } = await open(() => ({ body: [carrier] }));
    expect((await superoffice.list(name)).find('Call')?.id).toBe(5);
  });

  test('a user-defined list by its number; interests by table number; MDO where that fails', async () => {
    const mdo = [
      {
        Id: 0,
        Name: 'Heading',
        ChildItems: [
          { Id: 8, Name: 'Golf', ChildItems: [] },
          { Id: 9, Name: 'Wine' },
        ],
      },
      { Id: 10, Name: 'Ski', ChildItems: [] },
    ];
    const { log, superoffice } = await open(request => {
      if (request.path === '/v1/List/12/Items') return { body: [{ Id: 1, Name: 'Red', Deleted: false }] };
      if (request.path.startsWith('/v1/MDOList/')) return { body: mdo };
      return { status: 404, body: { Message: 'unknown list' } };
    });
    expect((await superoffice.list('udlist12')).find('Red')?.id).toBe(1);
    const interests = await superoffice.list('contint');
    expect(interests.items.map(item => item.name)).toEqual(['Golf', 'Wine', 'Ski']);
    expect(asked(log)).toEqual([
      'GET /v1/List/12/Items',
      'GET /v1/List/-70/Items',
      'GET /v1/MDOList/contint',
    ]);
    expect(log[2]?.query.get('flat')).toBe('true');
  });
});

describe('adding', () => {
  test('many who ask for one name send one request', async () => {
    const { log, superoffice } = await open((request, turn) =>
      request.method === 'GET'
        ? { body: categories }
        : { body: { ...categories[1], Id: 15 + turn, Name: JSON.parse(request.body).Name } },
    );
    const list = await superoffice.list('Category');
    const items = await Promise.all([
      ...Array.from({ length: 20 }, () => list.add(' Wholesaler')),
      list.add('Retailer'),
    ]);
    expect(new Set(items.slice(0, 20).map(item => item.id))).toEqual(new Set([17]));
    expect(asked(log).slice(1)).toEqual(['POST /v1/List/Category/Items', 'POST /v1/List/Category/Items']);
    expect(JSON.parse(log[1]?.body ?? '')).toMatchObject({ Name: 'Wholesaler' });
    expect(list.find('Wholesaler')?.id).toBe(17);
    expect((await list.add('Wholesaler')).id).toBe(17);
    expect(log).toHaveLength(3);
  });

  test('a deleted namesake is un-deleted, whole', async () => {
    const { log, superoffice } = await open(request =>
      request.method === 'GET' ? { body: categories } : { body: { ...categories[2], Deleted: false } },
    );
    const list = await superoffice.list('Category');
    expect((await list.add('Old')).id).toBe(3);
    expect(asked(log)[1]).toBe('PUT /v1/List/Category/Items/3');
    expect(JSON.parse(log[1]?.body ?? '')).toEqual({ ...categories[2], Deleted: false });
    expect(list.find('Old')).toMatchObject({ id: 3, deleted: false });
  });

  test('somebody else was faster: the item is found instead', async () => {
    const late = { ...categories[1], Id: 30, Name: 'Wholesaler' };
    const { log, superoffice } = await open((request, turn) => {
      if (request.method === 'POST')
        return {
          status: 400,
          body: { Error: true, ErrorType: 'SoDuplicateException', ErrorMessage: 'exists' },
        };
      return { body: turn === 1 ? categories : [...categories, late] };
    });
    const list = await superoffice.list('Category');
    expect((await list.add('Wholesaler')).id).toBe(30);
    expect(log).toHaveLength(3);
  });

  test('an addition whose answer was lost is looked up before it is sent again', async () => {
    const added = { ...categories[1], Id: 31, Name: 'Wholesaler' };
    const { log, superoffice } = await open((request, turn) => {
      if (request.method === 'POST') return { cut: 'before' };
      return { body: turn === 1 ? categories : [...categories, added] };
    });
    const list = await superoffice.list('Category');
    expect((await list.add('Wholesaler')).id).toBe(31);
    expect(asked(log).filter(line => line.startsWith('POST'))).toHaveLength(1);
  });

  test('a refusal is told once and the name can be tried again', async () => {
    const { superoffice } = await open(request =>
      request.method === 'GET'
        ? { body: categories }
        : { status: 403, body: { ErrorType: 'SoSentryException', ErrorMessage: 'no right' } },
    );
    const list = await superoffice.list('Category');
    await expect(list.add('X')).rejects.toThrow('no right');
    await expect(list.add('X')).rejects.toThrow('no right');
  });

  test('interests are added by the number that SuperOffice gives their list', async () => {
    const { log, superoffice } = await open(request => {
      if (request.path === '/v1/List')
        return { body: [{ Id: 44, Name: 'Company - interest', ListType: 'ContInt', IsMDOList: true }] };
      if (request.method === 'POST') return { body: { Id: 5, Name: 'Golf', Deleted: false } };
      return { body: [{ Id: 1, Name: 'Ski', Deleted: false }] };
    });
    const list = await superoffice.list('contint');
    expect((await list.add('Golf')).id).toBe(5);
    expect(asked(log)).toEqual(['GET /v1/List/-70/Items', 'GET /v1/List', 'POST /v1/List/44/Items']);
  });

  test('what carries behaviour is never added', async () => {
    const { log, superoffice } = await open(() => ({ body: [] }));
    const list = await superoffice.list('Country');
    await expect(list.add('Atlantis')).rejects.toMatchObject({ code: 'config' });
    expect(log).toHaveLength(1);
  });
});
