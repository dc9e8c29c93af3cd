import { afterEach, describe, expect, test } from 'vitest';
import { ListStore } from '../../src/superoffice/list-store.ts';
import { openList } from '../../src/superoffice/lists.ts';
import { type Mail, sendMessage } from '../../src/superoffice/mail.ts';
import { readOncePerKey } from '../../src/superoffice/once.ts';
import { createRecord, patchRecord } from '../../src/superoffice/records.ts';
import { readSaleStages } from '../../src/superoffice/sale-stages.ts';
import { openHttp } from './open-http.ts';
import { type LoggedRequest, type Script, type ScriptedAnswer, startServer } from './scripted-server.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

async function open(script: Script | readonly ScriptedAnswer[]) {
  const answers: Script =
    typeof script === 'function' ? script : (_, turn) => script[Math.min(turn, script.length) - 1] ?? {};
  const server = await startServer(answers);
  const opened = await openHttp(server.root);
  cleanUp.push(server.close, () => opened.http.close());
  return { log: server.log, ...opened };
}

const asked = (log: readonly LoggedRequest[]): string[] => log.map(({ method, path }) => `${method} ${path}`);

describe('mail', () => {
  const mail: Mail = { to: ['kari@fjordbygg.no'], cc: [], bcc: ['ola@fjordbygg.no'], subject: 'Svar' };
  const path = '/v1/Agents/Ticket/SendTicketMessage';

  test('is sent through the agent', async () => {
    const { http, log } = await open([{ status: 204 }]);
    await sendMessage(http, 17, mail);
    expect(asked(log)).toEqual([`POST ${path}`]);
    expect(JSON.parse(log[0]?.body ?? '')).toEqual({
      TicketMessageEntityId: 17,
      To: ['kari@fjordbygg.no'],
      Cc: [],
      Bcc: ['ola@fjordbygg.no'],
      Subject: 'Svar',
      ReplyTemplateId: 0,
      GdprSource: '',
    });
  });

  test.each<[string, ScriptedAnswer]>([
    ['the connection broke', { cut: 'before' }],
    ['the answer broke off', { cut: 'inside', body: '{' }],
    ['a gateway gave up', { status: 504 }],
    ['a gateway lost its server', { status: 503 }],
    ['an answer that nobody can read', { body: '<html>' }],
    ['a 500 without a name', { status: 500, body: '' }],
  ])('never goes out twice: %s', async (_, answer) => {
    const { http, log } = await open([answer, { status: 204 }]);
    await expect(sendMessage(http, 17, mail)).rejects.toMatchObject({ lost: true });
    expect(log).toHaveLength(1);
  });

  test.each<[string, ScriptedAnswer]>([
    ['too many requests', { status: 429 }],
    ['come back later', { status: 503, headers: { 'retry-after': '3' } }],
  ])('goes out when it was certainly not taken before: %s', async (_, answer) => {
    const { http, log } = await open([answer, { status: 204 }]);
    await sendMessage(http, 17, mail);
    expect(log).toHaveLength(2);
  });

  test('that SuperOffice refuses did not go out', async () => {
    const { http, log } = await open([
      { status: 500, body: { ErrorType: 'SoMailException', ErrorMessage: 'no mail server' } },
    ]);
    await expect(sendMessage(http, 17, mail)).rejects.toMatchObject({ lost: false, scope: 'row' });
    expect(log).toHaveLength(1);
  });
});

describe('records', () => {
  test.each([
    ['Ticket', { TicketId: 9 }, { notify: 'false' }, '', {}],
    ['TicketMessage', { EjMessageId: 9, TicketMessageId: 4 }, { notify: 'false' }, '', {}],
    [
      'Document',
      { DocumentId: 9, Name: 'a(1).pdf' },
      { $select: 'DocumentId,Name' },
      'a(1).pdf',
      { $select: 'DocumentId,Name' },
    ],
    ['Sale', { SaleId: 9, Name: 'x' }, { $select: 'SaleId' }, '', { $select: 'SaleId' }],
  ])(
    '%s: created and patched by its own id, nobody notified',
    async (entity, body, onCreate, name, onPatch) => {
      const { http, log } = await open([{ body }]);
      expect(await createRecord(http, entity, { Title: 'x' })).toEqual({ id: 9, name });
      expect(await patchRecord(http, entity, 9, [{ op: 'replace', path: '/Title', value: 'y' }])).toEqual({
        id: 9,
        name,
      });
      expect(asked(log)).toEqual([`POST /v1/${entity}`, `PATCH /v1/${entity}/9`]);
      expect(log.map(({ query }) => Object.fromEntries(query))).toEqual([onCreate, onPatch]);
    },
  );

  test.each([
    ['Ticket', { TicketId: 5 }],
    ['TicketMessage', { EjMessageId: 5 }],
  ])('%s: a body with an id would change that record', async (entity, body) => {
    const { http, log } = await open([{ body }]);
    await expect(createRecord(http, entity, body)).rejects.toThrow('overwrite');
    expect(log).toEqual([]);
  });

  test('a message answered without its id may be there', async () => {
    const { http, log } = await open([{ body: { TicketMessageId: 9 } }]);
    await expect(createRecord(http, 'TicketMessage', {})).rejects.toMatchObject({ lost: true });
    expect(log).toHaveLength(1);
  });
});

describe('tags', () => {
  async function openTags(names: readonly string[], script: Script = () => ({ status: 500 })) {
    const opened = await open((request, turn) => {
      if (request.method === 'GET' && request.path.startsWith('/v1/MDOList/tags'))
        return { body: names.map((Name, index) => ({ Id: index + 1, Name })) };
      if (request.path === '/v1/List') return { body: [{ Id: 50, Name: 'Tags', ListType: 'tags' }] };
      return script(request, turn);
    });
    const store = new ListStore(opened.http);
    return { ...opened, list: openList('tags', store, await store.read('tags')) };
  }
  const saved: Script = ({ body }, turn) => ({ body: { Id: 100 + turn, Name: JSON.parse(body).Name } });

  test.each([
    ['Urgent', 1],
    ['urgent', 1],
    [' URGENT ', 1],
    ['vip', 2],
    ['Vip', 3],
    ['straße', 4],
    ['other', null],
  ])('%j is tag %j: letter case does not count, but the exact spelling comes first', async (name, id) => {
    const { list } = await openTags(['Urgent', 'VIP', 'Vip', 'Straße']);
    expect(list.find(name)?.id ?? null).toBe(id);
  });

  test('one that is there in another letter case is not added, and keeps its spelling', async () => {
    const { list, log } = await openTags(['Urgent'], saved);
    expect(await list.add('URGENT')).toMatchObject({ id: 1, name: 'Urgent' });
    expect(log.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('asked for as a and A at the same time, one is added, once', async () => {
    const { list, log } = await openTags(['Urgent'], saved);
    const items = await Promise.all(['late', 'Late', ' LATE', 'late', 'other'].map(name => list.add(name)));
    expect(new Set(items.slice(0, 4).map(({ id }) => id)).size).toBe(1);
    expect(items[4]?.id).not.toBe(items[0]?.id);
    const added = log
      .filter(({ path }) => path === '/v1/List/50/Items')
      .map(({ body }) => JSON.parse(body).Name);
    expect(added).toEqual(['late', 'other']);
    expect(list.find('lAtE')?.id).toBe(items[0]?.id);
  });

  test('other lists mind the letter case', async () => {
    const { http, log } = await open(saved);
    const list = openList('Business', new ListStore(http), [{ Id: 1, Name: 'Retail', Deleted: false }]);
    expect(list.find('retail')).toBeNull();
    const items = await Promise.all([list.add('Late'), list.add('late')]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(2);
    expect(log).toHaveLength(2);
  });
});

describe('categories of requests', () => {
  const category = (id: number, Fullname: string, Status = 'Active') => ({
    TicketCategoryId: id,
    Name: Fullname.slice(Fullname.lastIndexOf('/') + 1),
    Fullname,
    Status,
  });
  const items = [
    category(1, 'Administration'),
    category(2, 'Administration/Accounting'),
    category(3, 'Support'),
    category(4, 'Support/Login'),
    category(5, 'Support/Accounting'),
    category(6, 'Support/Old', 'Deleted'),
    category(7, 'Administration/Old'),
  ];

  async function openCategories() {
    const { http, log } = await open([{ body: items }]);
    const store = new ListStore(http);
    return { log, list: openList('TicketCategory', store, await store.read('TicketCategory')) };
  }

  test.each([
    ['Administration/Accounting', 2],
    ['Support/Accounting', 5],
    ['Administration', 1],
    ['Login', 4],
    ['Support/Login', 4],
    // Two of them end so: neither is meant.
    ['Accounting', null],
    ['support/login', null],
    ['login', null],
    ['Support/Old', null],
    ['Old', 7],
    ['/Login', null],
    ['', null],
  ])('%j is category %j', async (name, id) => {
    const { list } = await openCategories();
    expect(list.find(name)?.id ?? null).toBe(id);
  });

  test('are shown by their path, and never added', async () => {
    const { list, log } = await openCategories();
    expect(list.byId(4)).toMatchObject({ name: 'Support/Login', leaf: 'Login', deleted: false });
    expect(list.byId(6)).toMatchObject({ deleted: true });
    expect(list.addable).toBe(false);
    await expect(list.add('Support/New')).rejects.toMatchObject({ code: 'config' });
    expect(asked(log)).toEqual(['GET /v1/List/TicketCategory/Items']);
  });
});

describe('stages of a type of sale', () => {
  const stages = [
    { Id: 1, Name: 'Lead', ExtraInfo: 'IsDeleted=False&Probability=20' },
    { Id: 2, Name: 'Offer', ExtraInfo: 'Probability=0&Rank=2' },
    { Id: 3, Name: 'Talks', ExtraInfo: 'Probability=some' },
    { Id: 4, Name: 'Wait', ExtraInfo: '' },
    { Id: 5, Name: 'Nothing' },
    { Id: -1, Name: 'Sold', ExtraInfo: 'Probability=100' },
    { Id: 0, Name: 'Lost' },
    null,
  ];

  test('with the probability that each brings; Sold and Lost are none', async () => {
    const { http, log } = await open([{ body: stages }]);
    expect(await readSaleStages(http, 7)).toEqual([
      { id: 1, probability: 20 },
      { id: 2, probability: 0 },
      { id: 3, probability: null },
      { id: 4, probability: null },
      { id: 5, probability: null },
    ]);
    expect(asked(log)).toEqual(['GET /v1/MDOList/salestage']);
    expect(Object.fromEntries(log[0]?.query ?? [])).toEqual({ flat: 'true', additional: 'SaleTypeID=7' });
  });

  test('an answer that is no list is told', async () => {
    const { http } = await open([{ body: { Items: [] } }]);
    await expect(readSaleStages(http, 7)).rejects.toThrow('a list of stages');
  });

  test('are read once per type, also at the same time, and again after a failure', async () => {
    const { http, log } = await open((_, turn) =>
      turn === 1 ? { status: 400, body: '' } : { body: stages },
    );
    const read = readOncePerKey((saleTypeId: number) => readSaleStages(http, saleTypeId));
    const failed = await Promise.allSettled([read(7), read(7)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const [one, same, other] = await Promise.all([read(7), read(7), read(8)]);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    await read(8);
    expect(log.map(({ query }) => query.get('additional'))).toEqual([
      'SaleTypeID=7',
      'SaleTypeID=7',
      'SaleTypeID=8',
    ]);
  });
});
