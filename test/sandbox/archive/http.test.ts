import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { caller, type Reply } from '../server/talk.ts';

let sandbox: RunningSandbox;
let call: ReturnType<typeof caller>;
let first = 0;
let second = 0;

async function create(path: string, body: unknown): Promise<number> {
  const { json } = await call('POST', path, { body });
  return Number(Object.values(json as Record<string, unknown>).find(value => typeof value === 'number'));
}

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
  call = caller(sandbox);
  first = await create('/v1/Contact?$select=ContactId', {
    Name: "Bob's Cykler",
    Number2: '10033',
    Category: { Id: 1 },
    Emails: [{ Value: 'bob@example.com' }],
    Phones: [{ Value: '+45 11' }, { Value: '+45 22' }],
    CustomFields: { 'Siteshop:CompUserKey01': 'K-1' },
  });
  second = await create('/v1/Contact?$select=ContactId', {
    Name: 'Ærø Smørrebrød & Søn',
    CustomFields: { 'Siteshop:CompUserKey01': 'K-2' },
  });
  await create('/v1/Person?$select=PersonId', {
    Firstname: 'Åse',
    Lastname: 'Ø',
    Contact: { ContactId: first },
  });
});
afterAll(() => sandbox.close());

function read(path: string, options: Readonly<Record<string, string>>, headers: Record<string, string> = {}) {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return call('GET', `${path}?${query.join('&')}`, { headers });
}

function rows({ json, status, text }: Reply): readonly Record<string, unknown>[] {
  expect(status, text).toBe(200);
  return (json as { value: readonly Record<string, unknown>[] }).value;
}

describe('OData', () => {
  test('slim rows of companies by key', async () => {
    const reply = await read('/v1/Contact', {
      $select:
        'contactId,name,category,number,contactPhone/formattedNumber,contactUdef/Siteshop:CompUserKey01',
      $filter: "contactUdef/Siteshop:CompUserKey01 in ('k-1','K-2')",
      $orderby: 'contactId desc',
    });
    expect(reply.json).toMatchObject({
      'odata.metadata': `${sandbox.url}/api/v1/Archive//$metadata`,
      'odata.nextLink': null,
    });
    expect(rows(reply).map(row => row.PrimaryKey)).toEqual([String(second), String(first)]);
    expect(rows(reply)[1]).toEqual({
      PrimaryKey: String(first),
      EntityName: 'contact',
      contactId: first,
      name: "Bob's Cykler",
      category: expect.stringContaining(':"'),
      number: '10033',
      'contactPhone/formattedNumber': '+45 11',
      'contactUdef/Siteshop:CompUserKey01': 'K-1',
    });
  });

  test('full rows carry ids', async () => {
    const [row] = rows(
      await read('/v1/Archive/SimpleContact', {
        $select: 'name,category,associateId,registeredDate',
        $filter: `contactId eq ${first}`,
        $mode: 'Full',
      }),
    );
    expect(row).toMatchObject({
      PrimaryKey: first,
      EntityName: 'contact',
      LinkHint: `nav=contact&contact_id=${first}`,
      Column: {
        name: {
          RawValue: "Bob's Cykler",
          DisplayValue: "Bob's Cykler",
          TooltipHint: `{contact_id=${first}}`,
        },
        category: { RawValue: 1, TooltipHint: '{category_id=1}' },
        associateId: { RawValue: expect.any(Number) },
        registeredDate: { RawValue: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/) },
      },
    });
  });

  test('dates carry an offset when it is asked for', async () => {
    const options = { $select: 'registeredDate,updatedDate', $filter: `contactId = ${second}` };
    const headers = { 'so-timezone': 'UTC, includeTZOffset' };
    const [slim] = rows(await read('/v1/Contact', options, headers));
    expect(slim).toMatchObject({
      registeredDate: expect.stringMatching(/\dZ$/),
      updatedDate: '0001-01-01T00:00:00Z',
    });
    const [full] = rows(await read('/v1/Contact', { ...options, $mode: 'Full' }, headers));
    expect(full).toMatchObject({ Column: { updatedDate: { RawValue: '0001-01-01T00:00:00Z' } } });
  });

  test('persons of a company; 404 for one that is not there', async () => {
    expect(rows(await read(`/v1/Contact/${first}/Persons`, {}))).toHaveLength(1);
    expect((await read('/v1/Contact/999999/Persons', {})).status).toBe(404);
    expect((await read('/v1/Contact/x/Persons', {})).status).toBe(404);
  });

  test('sales and projects as collections, and the sales of a company and of a person', async () => {
    const Project = { ProjectId: await create('/v1/Project?$select=ProjectId', { Name: 'Havn' }) };
    const Person = {
      PersonId: await create('/v1/Person?$select=PersonId', {
        Firstname: 'Bo',
        Contact: { ContactId: second },
      }),
    };
    const Contact = { ContactId: first };
    const sale = { Heading: 'Ordre', Contact, Person, Project, SaleType: { Id: 2 }, Amount: 10.5 };
    const saleId = await create('/v1/Sale?$select=SaleId', sale);
    await create('/v1/Sale?$select=SaleId', { Heading: 'Anden', Contact: { ContactId: second } });
    const $select = 'saleId,contactId,project/name,stage,amount';
    const shown = {
      PrimaryKey: String(saleId),
      EntityName: 'sale',
      saleId,
      contactId: "Bob's Cykler",
      'project/name': 'Havn',
      stage: 'First meeting',
      amount: 10.5,
    };
    const language = { 'accept-language': 'en' };
    expect(rows(await read('/v1/Sale', { $select }, language))).toHaveLength(2);
    expect(rows(await read(`/v1/Contact/${first}/Sales`, { $select }, language))).toEqual([shown]);
    expect(rows(await read(`/v1/Person/${Person.PersonId}/Sales`, { $select }, language))).toEqual([shown]);
    expect((await read('/v1/Person/999999/Sales', {})).status).toBe(404);
    expect(rows(await read('/v1/Project', { $select: 'name,endDate' }))).toEqual([
      {
        PrimaryKey: String(Project.ProjectId),
        EntityName: 'project',
        name: 'Havn',
        endDate: '0001-01-01T00:00:00',
      },
    ]);
  });

  test('users show their role', async () => {
    const options = { $select: 'role', $filter: 'associateDbId associateIsOneOf (1,2)' };
    const found = rows(await read('/v1/User', options));
    expect(found.map(row => row.role)).toEqual(['Administrator', 'User']);
  });

  test('quotes, ampersands and letters beyond ASCII in filters', async () => {
    expect(rows(await read('/v1/Contact', { $filter: "name is 'Bob\\'s Cykler'" }))).toHaveLength(1);
    expect(rows(await read('/v1/Contact', { $filter: "name is 'ÆRØ smørrebrød & søn'" }))).toHaveLength(1);
  });

  test('a language translates lists', async () => {
    const options = { $select: 'category', $filter: `contactId = ${first}` };
    const [raw] = rows(await read('/v1/Contact', options));
    const [english] = rows(await read('/v1/Contact', options, { 'accept-language': 'en' }));
    expect(raw?.category).toContain(`US:"${english?.category}"`);
  });

  test('$jsonSafe', async () => {
    const [row] = rows(
      await read('/v1/Contact', {
        $select: 'contactUdef/Siteshop:CompUserKey01',
        $filter: `contactId = ${first}`,
        $jsonSafe: 'true',
      }),
    );
    expect(row).toMatchObject({ contactUdef_Siteshop_CompUserKey01: 'K-1' });
  });

  test('a form body asks what a query asks', async () => {
    const reply = await call('POST', '/v1/Archive/SimpleContact', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        $select: 'contactId',
        $filter: `contactId in (${first},${second})`,
        $orderBy: 'contactId',
        $top: '1',
      }).toString(),
    });
    expect(rows(reply)).toEqual([{ PrimaryKey: String(first), EntityName: 'contact', contactId: first }]);
  });

  test('keyset paging reaches every row once', async () => {
    const all = rows(await read('/v1/Person', { $select: 'personId' })).map(row => row.personId);
    const paged: unknown[] = [];
    for (let last = 0; ; ) {
      const page = rows(
        await read('/v1/Person', {
          $select: 'personId',
          $filter: `personId gt ${last}`,
          $orderBy: 'personId',
          $top: '2',
        }),
      );
      if (page.length === 0) break;
      paged.push(...page.map(row => row.personId));
      last = Number(page.at(-1)?.personId);
    }
    expect(paged).toEqual(all);
    expect(paged.length).toBeGreaterThan(2);
  });

  test('persons of a company', async () => {
    const persons = await read(`/v1/Contact/${first}/Persons`, { $select: 'fullName' });
    expect(rows(persons).map(row => row.fullName)).toEqual(['Åse Ø']);
    const none = await read(`/v1/Contact/${first}/Persons`, {
      $select: 'fullName',
      $filter: "lastName is 'X'",
    });
    expect(rows(none)).toEqual([]);
  });

  test('users', async () => {
    const users = rows(await read('/v1/User', { $select: 'associateDbId,assocName,fullName' }));
    expect(users).toContainEqual(
      expect.objectContaining({ assocName: 'ANDERSDYRE', fullName: 'Anders Dyre' }),
    );
  });

  test('deleted companies leave the archive', async () => {
    const id = await create('/v1/Contact?$select=ContactId', { Name: 'Gone' });
    expect(rows(await read('/v1/Contact', { $filter: `contactId = ${id}` }))).toHaveLength(1);
    await call('DELETE', `/v1/Contact/${id}`);
    expect(rows(await read('/v1/Contact', { $filter: `contactId = ${id}` }))).toHaveLength(0);
  });

  test('providers and column descriptions', async () => {
    const list = rows(await read('/v1/Archive', {}));
    expect(list).toContainEqual({ name: 'SimpleContact', url: 'SimpleContact' });
    const description = {
      name: { Name: 'name', CanOrderBy: true, CanRestrictBy: true, RestrictionType: 'stringorPK' },
      category: { RestrictionType: 'listAny', RestrictionListName: 'category' },
      mainContact: { CanRestrictBy: false },
      'contactPhone/formattedNumber': { CanOrderBy: false },
      'contactUdef/Siteshop:CompUserKey01': { RestrictionType: 'string' },
    };
    for (const path of ['/v1/Archive/SimpleContact/$metadata', '/v1/archive/SimpleContact$metadata'])
      expect((await read(path, {})).json).toMatchObject(description);
    expect((await read('/v1/Archive/SimpleContact', { $metadata: 'ALL' })).json).toMatchObject(description);
    const dynamic = await read('/v1/Archive/dynamic', { $select: 'contact.name', $metadata: 'ALL' });
    expect(dynamic.json).toMatchObject({ 'contact.orgNr': { RestrictionType: 'string' } });
  });

  test.each([
    ['/v1/Archive/NoSuch', {}, 404, "There is no archive provider 'NoSuch'."],
    ['/v1/Contact', { $filter: "nothing is 'x'" }, 400, "Column 'nothing' does not exist"],
    ['/v1/Contact', { $select: 'nothing' }, 400, "Column 'nothing' does not exist"],
    ['/v1/Contact', { $filter: 'contactId ge 1' }, 400, "Operator 'ge'"],
    ['/v1/Contact', { $filter: "name is 'O''Hara'" }, 400, 'A quote inside a text'],
    ['/v1/Contact', { $top: 'many' }, 400, '$top must be a number of rows'],
    ['/v1/Contact', { $mode: 'Wide' }, 400, 'does not answer $mode=Wide'],
    ['/v1/Archive/dynamic', {}, 400, 'needs $select'],
  ])('%s %j is refused', async (path, options, status, message) => {
    const reply = await read(path, options as Record<string, string>);
    expect(reply.status).toBe(status);
    expect((reply.json as { ErrorMessage: string }).ErrorMessage).toContain(message);
  });
});
