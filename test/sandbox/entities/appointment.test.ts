import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webapi } from '../server/webapi.ts';
import { array, at, type Json, object, present, Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const noDate = '0001-01-01T00:00:00';
const meeting = 1;
const phoneOut = 2;
const toDo = 3;

async function create(body: Json = {}): Promise<Json> {
  return tenant.json('POST', '/v1/Appointment', { Description: 'Call back', ...body });
}

async function patch(id: unknown, body: unknown): Promise<Json> {
  return tenant.json('PATCH', `/v1/Appointment/${id}`, body);
}

/** Rows of a database table that pass a filter. */
async function rowsOf(table: string, filter: string): Promise<Json[]> {
  const query = `$select=${table}.${table}_id&$filter=${encodeURIComponent(filter)}`;
  return array((await tenant.json('GET', `/v1/Archive/dynamic?${query}`)).value);
}

describe('create', () => {
  test('default: owner, first meeting task, an hour from now, nothing saved', async () => {
    const entity = await tenant.json('GET', '/v1/Appointment/default');
    expect(entity).toMatchObject({
      AppointmentId: 0,
      Type: 'inDiary',
      Completed: 'NotStarted',
      Private: 'Public',
      Associate: { Name: 'SIC' },
      CreatedBy: { Name: 'SIC' },
      Task: { TaskListItemId: meeting, Type: 'Appointment' },
      Contact: null,
      Sale: null,
      Priority: null,
      AlarmLeadTime: '00:00:00',
      Title: '',
      ActiveDate: entity.StartDate,
      CreatedDate: noDate,
    });
    const length = Date.parse(String(entity.EndDate)) - Date.parse(String(entity.StartDate));
    expect(length).toBe(60 * 60_000);
    expect(await tenant.json('GET', '/v1/Appointment')).toMatchObject({ value: [] });
  });

  test('a new follow-up ends after the length of its task and is searched by its start', async () => {
    const StartDate = '2026-10-20T15:30:00';
    for (const [TaskListItemId, EndDate] of [
      [meeting, '2026-10-20T16:30:00'],
      [phoneOut, '2026-10-20T16:00:00'],
    ])
      expect(await create({ Task: { TaskListItemId }, StartDate })).toMatchObject({
        StartDate,
        EndDate,
        ActiveDate: StartDate,
      });
    const sent = { StartDate, EndDate: '2026-10-20T15:45:00', ActiveDate: '2026-10-21T00:00:00' };
    expect(await create(sent)).toMatchObject(sent);
  });

  test('dates with an offset are kept in UTC', async () => {
    expect(await create({ StartDate: '2026-10-20T15:30:00+02:00' })).toMatchObject({
      StartDate: '2026-10-20T13:30:00',
    });
  });

  test.each([
    ['a to-do', { Task: { TaskListItemId: toDo } }, 'inChecklist'],
    ['a phone call', { Task: { TaskListItemId: phoneOut } }, 'inDiary'],
    ['a to-do with a place of its own', { Task: { TaskListItemId: toDo }, Type: 'inDiary' }, 'inDiary'],
    ['an unknown place', { Task: { TaskListItemId: toDo }, Type: 'Unknown' }, 'inChecklist'],
  ])('the place of %s', async (_, body, Type) => {
    expect(await create(body)).toMatchObject({ Type });
  });

  test('the agent builds defaults for a type of task and an owner', async () => {
    const path = '/v1/Agents/Appointment/CreateDefaultAppointmentEntityByTypeAndAssociate';
    expect(await tenant.json('POST', path, { Type: 'ToDo', AssociateId: 2 })).toMatchObject({
      AppointmentId: 0,
      Type: 'inChecklist',
      Task: { TaskListItemId: toDo },
      Associate: { AssociateId: 2 },
      CreatedBy: { Name: 'SIC' },
    });
    for (const body of [
      { Type: 'Document', AssociateId: 2 },
      { Type: 'Phone', AssociateId: 999 },
      { Type: 'toString' },
    ])
      expect((await tenant.call('POST', path, { body })).status).toBe(400);
  });
});

test('the official client creates, reads, patches and deletes', async () => {
  const { url, username, password } = tenant.sandbox;
  const connection = [`${url}/api/`, { auth: { username, password } }] as const;
  const api = new webapi.AppointmentRestApi(...connection);
  const draft = await new webapi.AppointmentAgent(
    ...connection,
  ).createDefaultAppointmentEntityByTypeAndAssociateAsync(webapi.TaskType.Phone, 2);
  expect(draft).toMatchObject({ appointmentId: 0, task: { taskListItemId: phoneOut } });
  draft.title = 'Call';
  draft.startDate = new Date('2026-10-20T15:30:00Z');
  draft.customFields = { 'Siteshop:AppoUserKey01': 'A-official' };
  const { appointmentId } = await api.postAsync(draft);
  const id = present(appointmentId);
  expect(await api.getByIdAsync(id)).toMatchObject({
    title: 'Call',
    associate: { associateId: 2 },
    customFields: { 'Siteshop:AppoUserKey01': 'A-official' },
  });
  expect(await api.patchByIdAsync(id, { location: 'Bergen' })).toMatchObject({ location: 'Bergen' });
  await api.deleteByIdAsync(id);
  await expect(api.getByIdAsync(id)).rejects.toMatchObject({ response: { status: 404 } });
});

describe('properties', () => {
  test('every one that an importer sets is kept', async () => {
    const ContactId = await tenant.company();
    const PersonId = await tenant.person();
    const { ProjectId } = await tenant.json('POST', '/v1/Project', { Name: 'Harbour' });
    const { SaleId } = await tenant.json('POST', '/v1/Sale', { Heading: 'Order' });
    const sent = {
      Task: { TaskListItemId: phoneOut },
      Type: 'Note',
      StartDate: '2026-10-20T15:30:00',
      EndDate: '2026-10-20T16:00:00',
      ActiveDate: '2026-10-20T15:30:00',
      Title: 'Title',
      Description: 'Description',
      Agenda: 'Agenda',
      InternalNotes: 'Notes',
      Location: 'Bergen',
      Completed: 'Started',
      Priority: { Id: 2 },
      Private: 'PrivateGroup',
      IsAlldayEvent: true,
      IsFree: true,
      HasAlarm: true,
      AlarmLeadTime: '1.00:10:00',
      LeadTime: '00:15:00',
      LagTime: '00:20:00',
      Associate: { AssociateId: 2 },
      Contact: { ContactId },
      Person: { PersonId },
      Project: { ProjectId },
      Sale: { SaleId },
      IsMileStone: true,
      Links: [{ EntityName: 'contact', Id: ContactId }],
      VisibleFor: [{ Visibility: 'Group', VisibleId: 1 }],
      CustomFields: { 'Siteshop:AppoUserKey01': 'A-1', 'Siteshop:AppoUserText04': 'long' },
    };
    const { AppointmentId } = await create(sent);
    expect(await tenant.json('GET', `/v1/Appointment/${AppointmentId}`)).toMatchObject({
      ...sent,
      ActiveLinks: 1,
    });
    const simple = await tenant.json('GET', `/v1/Appointment/${AppointmentId}/Simple`);
    expect(simple).toMatchObject({
      ContactId,
      PersonId,
      ProjectId,
      SaleId,
      TaskType: 'Phone',
      Title: 'Title',
    });
  });

  test('links of the answer lead to what it is about', async () => {
    const ContactId = await tenant.company();
    const { AppointmentId, _Links } = await create({ Contact: { ContactId } });
    expect(_Links).toMatchObject({
      Self: expect.stringMatching(new RegExp(`/v1/Appointment/${AppointmentId}$`)),
      Contact: expect.stringMatching(new RegExp(`/v1/Contact/${ContactId}$`)),
      'Task.List': expect.stringMatching(/\/v1\/MDOList\/task$/),
    });
    expect(object(_Links)).not.toHaveProperty('Sale');
  });

  test('the group follows the owner, the day of completion follows the state', async () => {
    const { AppointmentId } = await create({ Associate: { AssociateId: 2 } });
    const read = async () =>
      at(
        await tenant.json(
          'GET',
          `/v1/Appointment?$select=userGroup,completed,completedDate&$filter=appointmentId eq ${AppointmentId}`,
        ),
        'value',
        0,
      );
    const before = object(await read());
    expect(before).toMatchObject({ completed: false, completedDate: noDate });
    await patch(AppointmentId, { Completed: 'Completed', Associate: { AssociateId: 5 } });
    const after = object(await read());
    expect(after).toMatchObject({ completed: true });
    expect(String(after.completedDate).slice(0, 10)).toBe(new Date().toISOString().slice(0, 10));
    expect(after.userGroup).not.toBe(before.userGroup);
    await patch(AppointmentId, { Completed: 'NotStarted' });
    expect(await read()).toMatchObject({ completed: false, completedDate: noDate });
  });

  test('a changed start moves nothing else', async () => {
    const { AppointmentId } = await create({ StartDate: '2026-10-20T15:30:00' });
    expect(await patch(AppointmentId, { StartDate: '2026-11-20T15:30:00' })).toMatchObject({
      StartDate: '2026-11-20T15:30:00',
      EndDate: '2026-10-20T16:30:00',
      ActiveDate: '2026-10-20T15:30:00',
    });
  });

  test('without participants it is the owner alone; those that are sent are kept in order', async () => {
    const created = await create({ Associate: { AssociateId: 2 } });
    expect(array(created.Participants)).toMatchObject([{ AssociateId: 2 }]);
    const PersonId = await tenant.person();
    const sent = [
      { PersonId, SendEmail: true, EmailAddress: 'kari@fjord.no' },
      { AssociateId: 2, PersonId: 1 },
    ];
    const patched = await patch(created.AppointmentId, [
      { op: 'replace', path: 'Participants', value: sent },
    ]);
    expect(patched.Participants).toMatchObject(sent);
    expect(array(patched.Participants)).toHaveLength(2);
  });

  test.each<[string, Json, string]>([
    ['a task nobody has', { Task: { TaskListItemId: 999 } }, 'Task'],
    ['a document', { Type: 'Document' }, 'Type'],
    ['a state nobody knows', { Completed: 'Perhaps' }, 'Completed'],
    ['a span that is none', { AlarmLeadTime: 'soon' }, 'AlarmLeadTime'],
    ['a day with 25 hours', { LeadTime: '25:00:00' }, 'LeadTime'],
    ['a participant who is nobody', { Participants: [{ SendEmail: true }] }, 'Participants'],
    ['a participant who is not there', { Participants: [{ PersonId: 999_999 }] }, 'Participants'],
    ['a place that is too long', { Location: 'x'.repeat(255) }, 'Location'],
    ['a date that is none', { StartDate: '2026-02-30T00:00:00' }, 'StartDate'],
    ['a sale that is not there', { Sale: { SaleId: 999 } }, 'Sale'],
  ])('refused: %s', async (_, body, field) => {
    const reply = await tenant.call('POST', '/v1/Appointment', { body });
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ ErrorMessage: expect.stringMatching(new RegExp(`^${field}: `)) });
    expect(await tenant.json('POST', '/v1/Appointment/Validate', body)).toHaveProperty(field);
  });

  test.each([
    ['P0D', '00:00:00'],
    ['PT10M', '00:10:00'],
    ['P1DT2H3M4.5S', '1.02:03:04'],
    ['PT90M', '01:30:00'],
    ['00:10', '00:10:00'],
    [null, '00:00:00'],
  ])('the span %s is %s', async (AlarmLeadTime, shown) => {
    const { AppointmentId } = await create({ AlarmLeadTime: '00:01:00' });
    expect(
      await patch(AppointmentId, [{ op: 'replace', path: 'AlarmLeadTime', value: AlarmLeadTime }]),
    ).toMatchObject({ AlarmLeadTime: shown });
  });

  test('time spans read as they were written', async () => {
    const { AppointmentId } = await create();
    const span = fc.record({ days: fc.nat(99), hours: fc.nat(23), minutes: fc.nat(59), seconds: fc.nat(59) });
    const two = (part: number): string => String(part).padStart(2, '0');
    await fc.assert(
      fc.asyncProperty(span, async ({ days, hours, minutes, seconds }) => {
        const time = `${two(hours)}:${two(minutes)}:${two(seconds)}`;
        const LagTime = days > 0 ? `${days}.${time}` : time;
        expect(await patch(AppointmentId, { LagTime })).toMatchObject({ LagTime });
      }),
      { numRuns: 20 },
    );
  });
});

describe('lifetime', () => {
  test('a save that changes nothing leaves the stamp alone; one behind another is refused', async () => {
    const { AppointmentId } = await create({ Title: 'Same' });
    expect(await patch(AppointmentId, { Title: 'Same' })).toMatchObject({ UpdatedDate: noDate });
    const old = { 'if-unmodified-since': 'Wed, 21 Oct 2015 07:28:00 GMT' };
    const reply = await tenant.call('PATCH', `/v1/Appointment/${AppointmentId}`, {
      body: { Title: 'Other' },
      headers: old,
    });
    expect(reply.status).toBe(412);
    expect(await patch(AppointmentId, { Title: 'Other' })).toMatchObject({ UpdatedBy: { Name: 'SIC' } });
  });

  test('delete takes everything along that hangs on it', async () => {
    const ContactId = await tenant.company();
    const { AppointmentId } = await create({
      Title: 'Title',
      Agenda: 'Agenda',
      InternalNotes: 'Notes',
      Links: [{ EntityName: 'contact', Id: ContactId }],
      VisibleFor: [{ Visibility: 'Group', VisibleId: 1 }],
      Participants: [{ AssociateId: 2 }],
      CustomFields: { 'Siteshop:AppoUserKey01': 'A-gone' },
    });
    const texts = `text.owner_id = ${AppointmentId} and text.type = 4`;
    const viewers = `visiblefor.recordId = ${AppointmentId} and visiblefor.tableId = 9`;
    expect(await rowsOf('text', texts)).toHaveLength(4);
    expect(await rowsOf('visiblefor', viewers)).toHaveLength(1);
    expect((await tenant.call('DELETE', `/v1/Appointment/${AppointmentId}`)).status).toBe(204);
    expect((await tenant.call('GET', `/v1/Appointment/${AppointmentId}`)).status).toBe(404);
    expect(await rowsOf('text', texts)).toEqual([]);
    expect(await rowsOf('visiblefor', viewers)).toEqual([]);
    expect(await rowsOf('participant', `participant.appointment_id = ${AppointmentId}`)).toEqual([]);
    expect(await rowsOf('udappntsmall', `udappntsmall.string01 = 'A-gone'`)).toEqual([]);
  });

  test('activities after a date go along when their person changes employer', async () => {
    const PersonId = await tenant.person();
    const NewId = await tenant.company();
    const Contact = { ContactId: await tenant.company() };
    const on = (StartDate: string) => create({ Person: { PersonId }, Contact, StartDate });
    const [before, after] = [await on('2025-12-31T10:00:00'), await on('2026-01-02T10:00:00')];
    const { DocumentId } = await tenant.json('POST', '/v1/Document', {
      Person: { PersonId },
      Contact,
      Date: '2026-02-01T00:00:00',
    });
    await tenant.call('POST', `/v1/Person/${PersonId}/MoveTo/${NewId}?moveAfterDate=2026-01-01T00:00:00`);
    const companyOf = async (path: string) => at(await tenant.json('GET', path), 'Contact', 'ContactId');
    expect(await companyOf(`/v1/Appointment/${before.AppointmentId}`)).toBe(Contact.ContactId);
    expect(await companyOf(`/v1/Appointment/${after.AppointmentId}`)).toBe(NewId);
    expect(await companyOf(`/v1/Document/${DocumentId}`)).toBe(NewId);
  });
});
