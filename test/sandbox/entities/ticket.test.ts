import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import expectedNames from './service-properties.json' with { type: 'json' };
import { array, at, type Json, Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

async function create(body: Json = {}): Promise<number> {
  return Number((await tenant.json('POST', '/v1/Ticket?notify=false', { Title: 'Late', ...body })).TicketId);
}

function read(id: number): Promise<Json> {
  return tenant.json('GET', `/v1/Ticket/${id}`);
}

async function refused(method: string, path: string, body: unknown): Promise<unknown> {
  const { status, json } = await tenant.call(method, path, { body });
  expect(status).toBe(400);
  return at(json, 'ErrorMessage');
}

test('the carriers have exactly the properties of the specs', async () => {
  const created = await tenant.json('POST', '/v1/Ticket', { Title: 'Late' });
  expect(Object.keys(created)).toEqual(expectedNames.TicketEntity);
  const id = Number(created.TicketId);
  expect(Object.keys(await read(id))).toEqual(expectedNames.TicketEntityWithLinks);
  expect(Object.keys(await tenant.json('GET', `/v1/Ticket/${id}/Simple`))).toEqual(expectedNames.Ticket);
});

test('everything an importer sets comes back', async () => {
  const PersonId = await tenant.person();
  const other = await tenant.person();
  const { SaleId } = await tenant.json('POST', '/v1/Sale', { Heading: 'Order' });
  const { ProjectId } = await tenant.json('POST', '/v1/Project', { Name: 'Rollout' });
  const body = {
    Title: 'Levering mangler',
    Category: { TicketCategoryId: 3 },
    Status: { TicketStatusId: 3 },
    Priority: { TicketPriorityId: 3 },
    OwnedBy: { AssociateId: 3 },
    Person: { PersonId },
    SecondaryPersons: [{ PersonId: other }],
    Sale: { SaleId },
    Project: { ProjectId },
    TicketType: { TicketTypeId: 1 },
    Slevel: 'External',
    Origin: 'Phone',
    Author: 'ERP',
    Deadline: '2026-12-24T12:00:00',
    Activate: '2026-12-01T08:00:00',
    FromAddress: 'kari@fjord.no',
    Tags: [{ Id: 2 }, { Id: 1 }],
  };
  const id = await create({ ...body, CustomFields: { x_tickuserkey01: 'T-1' } });
  expect(await read(id)).toMatchObject({
    ...body,
    BaseStatus: 'Postponed',
    CustomFields: { x_tickuserkey01: 'T-1' },
    Messages: [],
    NumMessages: 0,
    HasAttachment: false,
  });
});

test('a new ticket has the defaults of its type, of the lists and of its maker', async () => {
  expect(await tenant.json('GET', '/v1/Ticket/default')).toMatchObject({
    TicketId: 0,
    Category: { TicketCategoryId: 1 },
    Status: { TicketStatusId: 1 },
    Priority: { TicketPriorityId: 2 },
    TicketType: { TicketTypeId: 1 },
    OwnedBy: { Name: 'SIC' },
    CreatedBy: { Name: 'SIC' },
    Slevel: 'Internal',
    Origin: 'API',
    BaseStatus: 'Active',
    Messages: [],
    Tags: [],
  });
  const { TicketTypeId } = await tenant.json('POST', '/v1/TicketType', {
    Name: 'Callback',
    DefaultTicketStatus: 3,
    DefaultTicketPriority: 1,
  });
  expect(
    await tenant.json('POST', '/v1/Agents/Ticket/CreateDefaultForTicketType', { TicketTypeId }),
  ).toMatchObject({
    TicketType: { TicketTypeId },
    Status: { TicketStatusId: 3 },
    BaseStatus: 'Postponed',
    Priority: { TicketPriorityId: 1 },
  });
});

describe('the owner', () => {
  test.each([
    ['an associate', { AssociateId: 3 }, 3],
    ['the integration itself', { AssociateId: 1 }, 1],
    ['nobody', { AssociateId: 0 }, undefined],
    ['null', null, undefined],
    ['the rules of a category that does not delegate', { AssociateId: 2_147_483_647 }, undefined],
  ])('%s', async (_who, OwnedBy, associateId) => {
    const id = await create({ OwnedBy: { AssociateId: 4 } });
    await tenant.json('PATCH', `/v1/Ticket/${id}`, [{ op: 'replace', path: '/OwnedBy', value: OwnedBy }]);
    const { OwnedBy: owner } = await read(id);
    expect(owner === null ? undefined : at(owner, 'AssociateId')).toBe(associateId);
    expect(await tenant.json('GET', `/v1/Ticket/${id}/Simple`)).toMatchObject({
      OwnedByAssociateId: associateId ?? 0,
    });
  });

  test('follows from the category where its rules say so', async () => {
    await tenant.json('PUT', '/v1/List/TicketCategory/Items/2', {
      DelegateMethod: 'Even',
      CategoryMaster: 5,
    });
    const id = await create({
      OwnedBy: { AssociateId: 2_147_483_647 },
      Category: { TicketCategoryId: 2 },
    });
    expect(await read(id)).toMatchObject({ OwnedBy: { AssociateId: 5 } });
  });

  test('is refused when there is no such user', async () => {
    expect(await refused('POST', '/v1/Ticket', { OwnedBy: { AssociateId: 99 } })).toMatch(/OwnedBy: no user/);
  });
});

describe('what follows from other properties', () => {
  test('the company is the person’s and is no property', async () => {
    const ContactId = await tenant.company({ Name: 'Nord' });
    const PersonId = await tenant.person({ Contact: { ContactId } });
    const id = await create({ Person: { PersonId } });
    expect(await tenant.json('GET', `/v1/Ticket/${id}/Simple`)).toMatchObject({
      ContactId,
      ContactName: 'Nord',
      CustId: PersonId,
    });
    await tenant.json('PATCH', `/v1/Ticket/${id}`, { Person: null });
    expect(await tenant.json('GET', `/v1/Ticket/${id}/Simple`)).toMatchObject({ ContactId: 0, CustId: 0 });
  });

  test.each([
    [1, 'Active', false],
    [2, 'Closed', true],
    [3, 'Postponed', false],
    [4, 'Deleted', false],
  ])('status %i is base status %s', async (TicketStatusId, BaseStatus, isClosed) => {
    const id = await create({ Status: { TicketStatusId: TicketStatusId === 1 ? 2 : 1 } });
    const patched = await tenant.json('PATCH', `/v1/Ticket/${id}`, {
      Status: { TicketStatusId },
      BaseStatus: 'Spam',
    });
    expect(patched).toMatchObject({ BaseStatus, Status: { TicketStatusId } });
    expect(patched.ClosedAt !== '0001-01-01T00:00:00').toBe(isClosed);
  });

  test('a person and a company list the requests that are theirs', async () => {
    const ContactId = await tenant.company();
    const PersonId = await tenant.person({ Contact: { ContactId } });
    const id = await create({ Person: { PersonId } });
    for (const path of [`/v1/Contact/${ContactId}`, `/v1/Person/${PersonId}`])
      expect((await tenant.json('GET', `${path}/Tickets?$select=ticketId`)).value).toMatchObject([
        { ticketId: id },
      ]);
  });

  test('a change of the title reaches the messages', async () => {
    const id = await create();
    const { EjMessageId } = await tenant.json('POST', '/v1/TicketMessage', { Ticket: { TicketId: id } });
    await tenant.json('PATCH', `/v1/Ticket/${id}`, { Title: 'Found' });
    expect(await tenant.json('GET', `/v1/TicketMessage/${EjMessageId}`)).toMatchObject({
      SearchTitle: 'Found',
    });
  });
});

describe('tags', () => {
  const ids = async (id: number): Promise<unknown[]> => array((await read(id)).Tags).map(tag => tag.Id);

  test('are added one by one, each once', async () => {
    const id = await create({ Tags: [{ Id: 1 }] });
    await tenant.json('PATCH', `/v1/Ticket/${id}`, [
      { op: 'add', path: '/Tags/-', value: { Id: 3 } },
      { op: 'add', path: '/tags/-', value: { Id: 1 } },
    ]);
    expect(await ids(id)).toEqual([1, 3]);
    await tenant.json('PATCH', `/v1/Ticket/${id}`, { Tags: { Id: 2 } });
    expect(await ids(id)).toEqual([1, 3, 2]);
  });

  test.each([
    ['replace sets exactly the set', [{ op: 'replace', path: '/Tags', value: [{ Id: 4 }] }], [4]],
    ['an array in a merge patch sets exactly the set', { Tags: [{ Id: 4 }, { Id: 2 }] }, [4, 2]],
    ['remove takes all off', [{ op: 'remove', path: '/Tags' }], []],
    ['another change leaves them alone', { Title: 'x' }, [1, 2]],
  ])('%s', async (_what, body, expected) => {
    const id = await create({ Tags: [{ Id: 1 }, { Id: 2 }] });
    await tenant.json('PATCH', `/v1/Ticket/${id}`, body);
    expect(await ids(id)).toEqual(expected);
  });

  test('an unknown one is refused', async () => {
    expect(await refused('POST', '/v1/Ticket', { Tags: [{ Name: 'VIP' }] })).toMatch(/Tags: there is no tag/);
    expect(await refused('POST', '/v1/Ticket', { Tags: [{ Id: 99 }] })).toMatch(/Tags: there is no tag/);
  });

  test('are a list that can be added to, with names that are unique in any case', async () => {
    const { Id } = await tenant.json('GET', '/v1/List/Tags');
    const added = await tenant.json('POST', `/v1/List/${Id}/Items`, { Name: 'Urgent', Tooltip: '' });
    const id = await create({ Tags: [{ Id: added.Id }] });
    expect(at(await read(id), 'Tags', 0)).toMatchObject({ Id: added.Id, Name: 'Urgent', ToolTip: '' });
    const twice = await tenant.call('POST', `/v1/List/${Id}/Items`, { body: { Name: 'uRGENT' } });
    expect([twice.status, at(twice.json, 'ErrorType')]).toEqual([400, 'SoDuplicateException']);
    const { json } = await tenant.call('GET', '/v1/MDOList/tags');
    expect(array(json).map(tag => tag.Name)).toContain('Urgent');
  });
});

describe('verbs', () => {
  test('PUT replaces, POST with the id keeps what it leaves out', async () => {
    const id = await create({ Author: 'ERP', Tags: [{ Id: 1 }] });
    await tenant.json('POST', '/v1/Ticket', { TicketId: id, Title: 'Posted' });
    expect(await read(id)).toMatchObject({ Title: 'Posted', Author: 'ERP', Tags: [{ Id: 1 }] });
    await tenant.json('PUT', `/v1/Ticket/${id}?notify=true`, { Title: 'Put' });
    expect(await read(id)).toMatchObject({ Title: 'Put', Author: '', Tags: [] });
  });

  test('a test that does not hold is 409, and neither date header is looked at', async () => {
    const id = await create();
    const mismatch = await tenant.call('PATCH', `/v1/Ticket/${id}`, {
      body: [{ op: 'test', path: '/Title', value: 'Early' }],
    });
    expect(mismatch.status).toBe(409);
    const long = 'Wed, 01 Jan 2020 00:00:00 GMT';
    const soon = 'Wed, 01 Jan 2120 00:00:00 GMT';
    const body = { Title: 'x' };
    const headers = { 'if-unmodified-since': long };
    expect((await tenant.call('PATCH', `/v1/Ticket/${id}`, { body, headers })).status).toBe(200);
    const unmodified = await tenant.call('GET', `/v1/Ticket/${id}`, {
      headers: { 'if-modified-since': soon },
    });
    expect(unmodified.status).toBe(200);
  });

  test('DELETE gives the status Deleted and takes the ticket out of the archives; undeleting brings it back', async () => {
    const id = await create();
    const listed = async (): Promise<number> =>
      array((await tenant.json('GET', `/v1/Ticket?$select=ticketId&$filter=ticketId=${id}`)).value).length;
    expect((await tenant.call('DELETE', `/v1/Ticket/${id}`)).status).toBe(204);
    expect(await read(id)).toMatchObject({ BaseStatus: 'Deleted', Status: { TicketStatusId: 4 } });
    expect(await listed()).toBe(0);
    const undeleted = await tenant.call('POST', '/v1/Agents/Ticket/UndeleteByIds', {
      body: { TicketIds: [id] },
    });
    expect(undeleted.status).toBe(204);
    expect(await read(id)).toMatchObject({ BaseStatus: 'Active' });
    expect(await listed()).toBe(1);
    const { json } = await tenant.call('POST', '/v1/Agents/Ticket/SetDeletedStatusByIds', {
      body: { TicketIds: [id, 999_999] },
    });
    expect(json).toEqual([id]);
  });

  test.each([
    ['GET', '/v1/Ticket/999999'],
    ['GET', '/v1/Ticket/999999/Simple'],
    ['GET', '/v1/Ticket/999999/Messages'],
    ['GET', '/v1/Ticket/999999/Attachments'],
    ['PATCH', '/v1/Ticket/999999'],
    ['DELETE', '/v1/Ticket/999999'],
  ])('%s %s is 404', async (method, path) => {
    expect((await tenant.call(method, path, method === 'PATCH' ? { body: {} } : {})).status).toBe(404);
  });

  test('agents answer null for what is not there and save what NewEntity wraps', async () => {
    const agent = '/v1/Agents/Ticket';
    const gone = await tenant.call('POST', `${agent}/GetTicketEntity?ticketEntityId=999999`);
    expect([gone.status, gone.text]).toEqual([200, 'null']);
    const saved = await tenant.json('POST', `${agent}/SaveTicketEntityWithNotify`, {
      newEntity: { title: 'Wrapped', status: { ticketStatusId: 2 } },
      notify: false,
    });
    expect(saved).toMatchObject({ Title: 'Wrapped', BaseStatus: 'Closed' });
  });
});

describe('refusals', () => {
  test.each([
    ['a title that is too long', { Title: 'x'.repeat(256) }, /Title: the text has 256/],
    ['an unknown category', { Category: { TicketCategoryId: 99 } }, /Category: there is no Category/],
    ['an unknown person', { Person: { PersonId: 99_999 } }, /Person: there is no Person/],
    ['an unknown level', { Slevel: 'Secret' }, /Slevel: "Secret" is none of/],
    ['an unknown secondary person', { SecondaryPersons: [{ PersonId: 99_999 }] }, /SecondaryPersons/],
    ['an unknown extra field', { CustomFields: { x_nothing: '1' } }, /has no custom field x_nothing/],
    ['a user-defined field', { CustomFields: { 'Siteshop:TickUserKey01': '1' } }, /has no custom field/],
  ])('%s', async (_what, body, message) => {
    expect(await refused('POST', '/v1/Ticket', body)).toMatch(message);
  });
});
