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

const noDate = '0001-01-01T00:00:00';

test('the carriers have exactly the properties of the specs', async () => {
  const id = await tenant.project({ ProjectMembers: [{ PersonId: 1 }] });
  const entity = await tenant.json('GET', `/v1/Project/${id}`);
  expect(Object.keys(entity)).toEqual(expectedNames.ProjectEntityWithLinks);
  expect(Object.keys(array(entity.ProjectMembers)[0] ?? {})).toEqual(expectedNames.ProjectMember);
  expect(Object.keys(await tenant.json('GET', `/v1/Project/${id}/Simple`))).toEqual(expectedNames.Project);
});

test('everything an importer sets comes back', async () => {
  const company = await tenant.company();
  const body = {
    Name: 'Harbour',
    ProjectNumber: 'P-7',
    Description: 'note',
    Postit: 'remember',
    Associate: { AssociateId: 2 },
    ProjectType: { Id: 2 },
    ProjectStatus: { Id: 3 },
    EndDate: '2027-05-31T00:00:00',
    Completed: true,
    Urls: [{ Value: 'https://harbour.no', Description: 'Site' }],
    Links: [{ EntityName: 'contact', Id: company, Description: 'customer' }],
    PublishFrom: '2026-01-01T00:00:00',
    IsPublished: true,
  };
  const { ProjectId } = await tenant.json('POST', '/v1/Project', body);
  const entity = await tenant.json('GET', `/v1/Project/${ProjectId}`);
  expect(entity).toMatchObject({ ...body, ActiveLinks: 1 });
  expect(await tenant.json('GET', `/v1/Project/${ProjectId}/Simple`)).toMatchObject({
    ProjectId,
    Name: 'Harbour',
    ProjectNumber: 'P-7',
    Description: 'note',
    URL: 'https://harbour.no',
    URLName: 'Site',
    TypeId: 2,
    StatusId: 3,
    AssociateId: 2,
    AssociateFullName: 'Anders Dyre',
    IsPublished: true,
  });
});

test('a new project starts with the defaults', async () => {
  const template = await tenant.json('GET', '/v1/Project/default');
  expect(template).toMatchObject({
    ProjectId: 0,
    Associate: { Name: 'SIC' },
    ProjectType: { Id: 1 },
    ProjectStatus: { Id: 1 },
    Completed: false,
    EndDate: noDate,
  });
  const created = await tenant.json('POST', '/v1/Project', { Name: 'Harbour' });
  expect(created).toMatchObject({ ProjectNumber: template.ProjectNumber, CreatedBy: { Name: 'SIC' } });
  expect(Object.keys(await tenant.json('POST', '/v1/Project/Validate', { Name: '' }))).toEqual(['Name']);
});

describe('members', () => {
  const patch = (id: number, ProjectMembers: readonly Json[]): Promise<Json> =>
    tenant.json('PATCH', `/v1/Project/${id}`, { ProjectMembers });
  const shown = (entity: Json): unknown[] =>
    array(entity.ProjectMembers).map(member => [
      member.Firstname,
      member.ProjectMemberTypeId,
      member.Comment,
    ]);

  test('an array replaces them; one that stays keeps its id', async () => {
    const ada = await tenant.person({ Emails: [{ Value: 'ada@x.no' }], OfficePhones: [{ Value: '11' }] });
    const bo = await tenant.person({ Firstname: 'Bo' });
    const id = await tenant.project({ ProjectMembers: [{ PersonId: ada, ProjectMemberTypeId: 1 }] });
    const before = array((await tenant.json('GET', `/v1/Project/${id}`)).ProjectMembers)[0];
    expect(before).toMatchObject({
      ProjectId: id,
      ProjectName: 'Harbour',
      ContactName: 'Acme',
      FullName: 'Ada',
      EmailAddress: 'ada@x.no',
      Phone: '11',
    });

    const after = await patch(id, [
      { PersonId: bo, Comment: 'helps' },
      { PersonId: ada, ProjectMemberTypeId: 2 },
    ]);
    expect(shown(after)).toEqual([
      ['Bo', 0, 'helps'],
      ['Ada', 2, ''],
    ]);
    expect(at(after, 'ProjectMembers', 1, 'ProjectmemberId')).toBe(before?.ProjectmemberId);
    expect(shown(await patch(id, [{ PersonId: bo, Comment: 'leads' }]))).toEqual([['Bo', 0, 'leads']]);
  });

  test('the same array again is no change', async () => {
    const members = [{ PersonId: await tenant.person(), Comment: 'same' }];
    const id = await tenant.project({ ProjectMembers: members });
    expect((await patch(id, members)).UpdatedDate).toBe(noDate);
    expect((await patch(id, [])).UpdatedDate).not.toBe(noDate);
  });

  test.each([
    [{ PersonId: 99_999 }],
    [{ PersonId: 1, ContactId: 99_999 }],
    [{}],
    [{ PersonId: 1, ProjectMemberTypeId: 99 }],
    ['Ada'],
  ])('refused: %j', async member => {
    const reply = await tenant.call('POST', '/v1/Project', { body: { Name: 'x', ProjectMembers: [member] } });
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ ErrorMessage: expect.stringContaining('ProjectMembers') });
  });
});

test.each([
  [{ Links: [{ EntityName: 'contact', Id: 99_999 }] }, 'Links'],
  [{ Links: [{ EntityName: 'associate', Id: 1 }] }, 'Links'],
  [{ Links: {} }, 'Links'],
  [{ EndDate: 'tomorrow' }, 'EndDate'],
  [{ EndDate: '2026-02-30T00:00:00' }, 'EndDate'],
  [{ ProjectType: { Id: 99 } }, 'ProjectType'],
  [{ ProjectNumber: 'n'.repeat(50) }, 'ProjectNumber'],
])('refused: %j', async (body, field) => {
  const reply = await tenant.call('POST', '/v1/Project', { body: { Name: 'x', ...body } });
  expect(reply.status).toBe(400);
  expect(reply.json).toMatchObject({ ErrorMessage: expect.stringContaining(field) });
});

test('links are replaced, and their number is kept', async () => {
  const id = await tenant.project({ Links: [{ EntityName: 'Person', Id: 1 }] });
  const contact = { EntityName: 'contact', Id: 1 };
  const body = [{ op: 'add', path: '/Links/-', value: contact }];
  const both = await tenant.json('PATCH', `/v1/Project/${id}`, body);
  expect(both).toMatchObject({ Links: [{ EntityName: 'person' }, contact], ActiveLinks: 2 });
  expect(await tenant.json('PATCH', `/v1/Project/${id}`, { Links: [] })).toMatchObject({ ActiveLinks: 0 });
});

test('a deleted project is gone with its parts, and sales of it point to nothing', async () => {
  const project = await tenant.project({
    Description: 'gone',
    Urls: [{ Value: 'https://x.no' }],
    ProjectMembers: [{ PersonId: 1, Comment: 'gone too' }],
    CustomFields: { 'Siteshop:ProjUserKey01': 'P-1', 'Siteshop:ProjUserText04': 'long' },
  });
  const sale = await tenant.sale({ Project: { ProjectId: project } });
  expect((await tenant.call('DELETE', `/v1/Project/${project}`)).status).toBe(204);
  expect((await tenant.call('GET', `/v1/Project/${project}`)).status).toBe(404);
  expect((await tenant.json('GET', `/v1/Sale/${sale}`)).Project).toBeNull();
  for (const query of [
    `$select=text.text&$filter=text.text in ('gone','gone too')`,
    `$select=url.url_id&$filter=url.project_id = ${project}`,
    `$select=projectmember.projectmember_id&$filter=projectmember.project_id = ${project}`,
    `$select=udprojectsmall.string01&$filter=udprojectsmall.string01 = 'P-1'`,
  ]) {
    const found = await tenant.json('GET', `/v1/Archive/dynamic?${encodeURI(query)}`);
    expect(found.value).toEqual([]);
  }
});

test('duplicates by name', async () => {
  const id = await tenant.project({ Name: 'Only one' });
  const { json } = await tenant.call('GET', '/v1/Project/Duplicates/only%20ONE');
  expect(json).toMatchObject([{ SoPrimaryKey: id, EntryName: 'Only one' }]);
});

test('404 and 304', async () => {
  const id = await tenant.project();
  const { CreatedDate } = await tenant.json('GET', `/v1/Project/${id}`);
  const headers = { 'if-modified-since': new Date(`${CreatedDate}Z`).toUTCString() };
  expect((await tenant.call('GET', `/v1/Project/${id}`, { headers })).status).toBe(304);
  expect((await tenant.call('DELETE', '/v1/Project/99999')).status).toBe(404);
});
