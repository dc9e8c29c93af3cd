import { afterEach, describe, expect, test } from 'vitest';
import { SicError } from '../../src/problems/sic-error.ts';
import { connect } from '../../src/superoffice/connect.ts';
import { basicCredentials, ticketCredentials } from '../../src/superoffice/sign-in/credentials.ts';
import type { SuperOffice } from '../../src/superoffice/superoffice.ts';
import { authorization, principal, type Script, startServer, withPrincipal } from './scripted-server.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

function sign(root: string, ticket?: string): Promise<SuperOffice> {
  return connect({
    credentials:
      ticket === undefined ? basicCredentials(root, 'SIC', 's3cret-word') : ticketCredentials(root, ticket),
    rate: 0,
    concurrency: 4,
    env: {},
    note: () => {},
    signal: new AbortController().signal,
  });
}

async function serve(script: Script) {
  const server = await startServer(script);
  cleanUp.push(server.close);
  return server;
}

async function open(script: Script) {
  const server = await serve(withPrincipal(script));
  const superoffice = await sign(server.root);
  server.log.length = 0;
  cleanUp.push(() => superoffice.close());
  return { log: server.log, superoffice };
}

async function refused(root: string, ticket?: string): Promise<SicError> {
  const error: unknown = await sign(root, ticket).catch(thrown => thrown);
  if (!(error instanceof SicError)) throw new Error(`expected a SicError, got ${String(error)}`);
  for (const text of [error.message, error.hint, error.detail]) {
    expect(text ?? '').not.toContain('s3cret-word');
    expect(text ?? '').not.toContain(authorization.slice(6));
  }
  return error;
}

describe('signing in', () => {
  test('asks once who is signed in', async () => {
    const server = await serve(() => ({ body: principal }));
    const superoffice = await sign(server.root);
    cleanUp.push(() => superoffice.close());
    expect(superoffice.tenant).toBe('Cust1');
    expect(await superoffice.principal()).toEqual({
      associateId: 7,
      associate: 'SIC',
      fullName: 'Import User',
      isSystemUser: true,
      database: 'Cust1',
      userType: 'SystemAssociate',
      email: '',
      role: '',
      functionRights: [],
    });
    expect(server.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/User/currentPrincipal',
    ]);
    expect(superoffice.requests).toEqual({ total: 1, read: 1, write: 0, retried: 0 });
  });

  test.each([401, 403])('%i names the user and never the password', async status => {
    const server = await serve(() => ({ status, body: { Message: `wrong: ${authorization}` } }));
    const error = await refused(server.root);
    expect(error.code).toBe('sign-in');
    expect(error.message).toContain('"SIC"');
    expect(server.log).toHaveLength(1);
  });

  test('a refused ticket is called a ticket', async () => {
    const server = await serve(() => ({ status: 401 }));
    const error = await refused(server.root, '7T:abcdef');
    expect(error.message).toContain('the ticket');
    expect(`${error.message}${error.hint}${error.detail}`).not.toContain('7T:abcdef');
  });

  test.each<[string, Script]>([
    [
      'a web page',
      () => ({ body: '<html><title>Welcome</title></html>', headers: { 'content-type': 'text/html' } }),
    ],
    ['404', () => ({ status: 404, body: '<html><title>404</title></html>' })],
    ['a redirect', () => ({ status: 302, headers: { location: '/login' } })],
    ['other JSON', () => ({ body: { hello: 'world' } })],
  ])('%s is no REST root', async (_name, script) => {
    const server = await serve(script);
    const error = await refused(server.root);
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('is not a SuperOffice REST root');
    expect(server.log).toHaveLength(1);
  });

  test('nobody there is told at once', async () => {
    const server = await startServer(() => ({}));
    await server.close();
    const error = await refused(server.root);
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain(`nobody is listening at 127.0.0.1:${server.port}`);
    expect(error.hint).toContain('url of the profile');
  });

  test('the wrong host of a tenant', async () => {
    const server = await serve(() => ({ status: 421 }));
    const error = await refused(server.root);
    expect(error.code).toBe('unreachable');
    expect(error.hint).toContain('api/state');
  });

  test('an address or ticket that will not do is a matter of configuration', async () => {
    expect((await refused('http://crm.example.com/x')).code).toBe('config');
    expect((await refused('http://127.0.0.1:1/x', '7T:abc\n')).code).toBe('config');
  });
});

describe('writing', () => {
  test('create asks for the id alone and answers it', async () => {
    const { log, superoffice } = await open(() => ({ body: { ContactId: 42 } }));
    expect(await superoffice.create('Contact', { Name: 'Ægir' })).toEqual({ id: 42, name: '' });
    expect(log[0]).toMatchObject({ method: 'POST', path: '/v1/Contact', body: '{"Name":"Ægir"}' });
    expect(log[0]?.query.get('$select')).toBe('ContactId');
    expect(superoffice.requests).toEqual({ total: 2, read: 1, write: 1, retried: 0 });
  });

  test.each<[string, unknown]>([
    ['null', 'null'],
    ['id 0', { ContactId: 0 }],
    ['nothing', ''],
  ])('a create answered with %s is lost, not done', async (_name, body) => {
    const { log, superoffice } = await open(() => ({ body }));
    await expect(superoffice.create('Contact', {})).rejects.toMatchObject({ lost: true, scope: 'row' });
    expect(log).toHaveLength(1);
  });

  test('a create with an id would overwrite a record and is refused here', async () => {
    const { log, superoffice } = await open(() => ({ body: { ContactId: 5 } }));
    await expect(superoffice.create('Contact', { ContactId: 5 })).rejects.toThrow('overwrite');
    expect(log).toHaveLength(0);
  });

  test('patch sends operations and answers which record it changed', async () => {
    const { log, superoffice } = await open(() => ({ body: { PersonId: 5 } }));
    const saved = await superoffice.patch('Person', 5, [{ op: 'replace', path: '/Title', value: 'CEO' }]);
    expect(saved).toEqual({ id: 5, name: '' });
    expect(log).toHaveLength(1);
    expect(log[0]?.query.get('$select')).toBe('PersonId');
    expect(log[0]).toMatchObject({
      method: 'PATCH',
      path: '/v1/Person/5',
      body: '[{"op":"replace","path":"/Title","value":"CEO"}]',
    });
    await expect(superoffice.patch('Person', 6, [{ op: 'remove', path: '/x' }])).rejects.toThrow(
      'id of record 6',
    );
  });

  test('interests are ticked through the agent', async () => {
    const { log, superoffice } = await open(() => ({ status: 204 }));
    await superoffice.updateInterests('Person', 5, { enable: [], disable: [] });
    await superoffice.updateInterests('Person', 5, { enable: [2, 3], disable: [] });
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ method: 'POST', path: '/v1/Agents/Person/UpdateInterests' });
    expect(JSON.parse(log[0]?.body ?? '')).toEqual({
      PersonId: 5,
      EnableInterestIds: [2, 3],
      DisableInterestIds: [],
    });
  });
});

describe('definitions', () => {
  test('user-defined fields, and where their lists are', async () => {
    const field = (ProgId: string, FieldType: string, more: object = {}) => ({
      ProgId,
      FieldType,
      FieldLabel: `US:"${ProgId}";NO:"x"`,
      UdefIdentity: 12,
      TextLength: 39,
      IsIndexed: true,
      IsMandatory: false,
      IsReadOnly: false,
      ListTableId: 0,
      UDListDefinitionId: 0,
      MdoListName: null,
      ...more,
    });
    const { log, superoffice } = await open(() => ({
      body: [
        field('Siteshop:CompUserKey01', 'ShortText'),
        field('', 'Number'),
        field('a', 'List', { ListTableId: 136, UDListDefinitionId: 98, MdoListName: 'udlist98' }),
        field('b', 'List', { ListTableId: 61, MdoListName: 'business' }),
        field('c', 'List', { ListTableId: 70 }),
        field('d', 'List', { ListTableId: 999, MdoListName: 'something' }),
        field('e', 'Hologram'),
      ],
    }));
    const [udefs] = await Promise.all([superoffice.udefs('Contact'), superoffice.udefs('Contact')]);
    expect(log.map(({ path }) => path)).toEqual(['/v1/Contact/UdefLayout/Published']);
    expect(udefs.get('Siteshop:CompUserKey01')).toEqual({
      progId: 'Siteshop:CompUserKey01',
      label: 'Siteshop:CompUserKey01',
      type: 'ShortText',
      length: 39,
      indexed: true,
      readOnly: false,
      mandatory: false,
      list: null,
    });
    expect(udefs.get('SuperOffice:12')).toMatchObject({ type: 'Number', length: 0 });
    expect(['a', 'b', 'c', 'd'].map(progId => udefs.get(progId)?.list)).toEqual([
      'udlist98',
      'Business',
      'contint',
      'something',
    ]);
    expect(udefs.has('e')).toBe(false);
  });

  test('users: who may own records, read once', async () => {
    const cell = (raw: unknown, display: unknown = raw) => ({ RawValue: raw, DisplayValue: String(display) });
    const row = (id: number, name: string, type: unknown, active: unknown) => ({
      PrimaryKey: id,
      EntityName: 'all',
      Column: {
        associateDbId: cell(id),
        assocName: cell(id, name),
        fullName: cell(`${name} Full`),
        personId: cell(id + 10),
        contactId: cell(1),
        userName: cell(`${name}@example.com`),
        personEmail: cell(''),
        assocType: cell(type),
        isActive: cell(active),
      },
    });
    const { log, superoffice } = await open((_request, turn) => ({
      body: {
        value:
          turn > 1
            ? []
            : [
                row(3, 'RJ', 0, true),
                row(4, 'OUT', 'ExternalAssociate', true),
                row(5, 'OLD', 'InternalAssociate', false),
                row(6, 'WEB', 7, true),
              ],
      },
    }));
    const associates = await superoffice.associates();
    await superoffice.associates();
    expect(associates).toEqual([
      {
        id: 3,
        name: 'RJ',
        fullName: 'RJ Full',
        userName: 'RJ@example.com',
        email: '',
        personId: 13,
        contactId: 1,
        active: true,
      },
      {
        id: 5,
        name: 'OLD',
        fullName: 'OLD Full',
        userName: 'OLD@example.com',
        email: '',
        personId: 15,
        contactId: 1,
        active: false,
      },
    ]);
    expect(log).toHaveLength(2);
    expect(log[0]?.query.get('$entities')).toBe('all');
    expect(log[1]?.query.get('$filter')).toBe('associateDbId gt 0 and associateDbId gt 6');
  });

  test.each(['Ticket', 'TicketMessage'])(
    'extra fields of %s that a file can fill, by their name',
    async entity => {
      const field = (FieldName: string, FieldType: string, more: object = {}) => ({
        FieldName,
        FieldType,
        DisplayName: `US:"${FieldName}";NO:"x"`,
        IsIndexed: false,
        IsReadOnly: false,
        IsMandatory: false,
        ...more,
      });
      const { log, superoffice } = await open(() => ({
        body: [
          field('x_key', 'ShortText', { IsIndexed: true, IsReadOnly: true, IsMandatory: true }),
          field('x_note', 'LongText'),
          field('x_count', 'Integer'),
          field('x_spent', 'TimeSpan'),
          field('x_price', 'Decimal'),
          field('x_done', 'Checkbox'),
          field('x_day', 'Date'),
          field('x_due', 'DateTime'),
          field('x_owner', 'Relation'),
          field('title', 'ShortText'),
          null,
        ],
      }));
      const [udefs] = await Promise.all([superoffice.udefs(entity), superoffice.udefs(entity)]);
      expect(log.map(({ path }) => path)).toEqual([`/v1/${entity}/CustomField`]);
      expect([...udefs].map(([name, { type, length }]) => [name, type, length])).toEqual([
        ['x_key', 'ShortText', 255],
        ['x_note', 'LongText', 0],
        ['x_count', 'Number', 0],
        ['x_spent', 'Number', 0],
        ['x_price', 'Decimal', 0],
        ['x_done', 'Checkbox', 0],
        ['x_day', 'UnlimitedDate', 0],
        ['x_due', 'DateTime', 0],
      ]);
      expect(udefs.get('x_key')).toEqual({
        progId: 'x_key',
        label: 'x_key',
        type: 'ShortText',
        length: 255,
        indexed: true,
        readOnly: true,
        mandatory: true,
        list: null,
      });
    },
  );

  test('stages are read once for each type of sale', async () => {
    const { log, superoffice } = await open(({ query }) => ({
      body: [{ Id: Number(query.get('additional')?.slice(11)), ExtraInfo: 'Probability=20' }],
    }));
    const [one, same, other] = await Promise.all([7, 7, 8].map(type => superoffice.saleStages(type)));
    expect(one).toEqual([{ id: 7, probability: 20 }]);
    expect(same).toBe(one);
    expect(other).toEqual([{ id: 8, probability: 20 }]);
    await superoffice.saleStages(8);
    expect(log).toHaveLength(2);
  });

  test('countries share one request with the list of countries', async () => {
    const { log, superoffice } = await open(() => ({
      body: [{ CountryId: 578, Name: 'Norge', EnglishName: 'Norway', Deleted: false }],
    }));
    const [countries, list] = await Promise.all([superoffice.countries(), superoffice.list('Country')]);
    expect(countries[0]?.id).toBe(578);
    expect(list.find('Norge')?.id).toBe(578);
    expect(log).toHaveLength(1);
  });
});
