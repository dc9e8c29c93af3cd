import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { array, type Json, Tenant } from '../entities/tenant.ts';

let tenant: Tenant;
let ContactId: number;
let PersonId: number;
const ids: Record<string, unknown> = {};

beforeAll(async () => {
  tenant = await Tenant.start();
  ContactId = await tenant.company({ Name: 'Fjord AS', CustomFields: { 'Siteshop:CompUserKey01': 'C-1' } });
  PersonId = await tenant.person({ Firstname: 'Kari', Lastname: 'Nordmann' });
  const { ProjectId } = await tenant.json('POST', '/v1/Project', { Name: 'Harbour' });
  const { SaleId } = await tenant.json('POST', '/v1/Sale', { Heading: 'Order 77' });
  const about = {
    Contact: { ContactId },
    Person: { PersonId },
    Project: { ProjectId },
    Sale: { SaleId },
    Associate: { AssociateId: 2 },
  };
  const call = await tenant.json('POST', '/v1/Appointment', {
    ...about,
    Task: { TaskListItemId: 2 },
    Title: 'Call Kari',
    Description: 'about the order',
    StartDate: '2026-10-20T15:30:00',
    EndDate: '2026-10-20T15:45:00',
    Priority: { Id: 1 },
    Location: 'Bergen',
    HasAlarm: true,
    CustomFields: { 'Siteshop:AppoUserKey01': 'A-1' },
  });
  const other = await tenant.json('POST', '/v1/Appointment', {
    Description: 'Plain',
    StartDate: '2026-01-01',
  });
  const contract = await tenant.json('POST', '/v1/Document', {
    ...about,
    Header: 'Contract 12',
    Name: 'contract.pdf',
    Description: 'signed',
    OurRef: 'o-1',
    DocumentTemplate: { DocumentTemplateId: 2 },
    Date: '2026-07-01T12:00:00',
    Completed: 'Completed',
    CustomFields: { 'Siteshop:DocuUserKey01': 'D-1' },
  });
  const plain = await tenant.json('POST', '/v1/Document', { Header: 'Plain' });
  Object.assign(ids, {
    call: call.AppointmentId,
    other: other.AppointmentId,
    contract: contract.DocumentId,
    plain: plain.DocumentId,
    sale: SaleId,
  });
});

afterAll(async () => {
  await tenant.close();
});

async function read(path: string, options: Readonly<Record<string, string>>): Promise<Json[]> {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return array((await tenant.json('GET', `${path}?${query.join('&')}`)).value);
}

/** Names as the reference lists them in one section: `date`:date, … and `associate/` → `fullName`:string, …. */
const columns: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('activity-columns.json', import.meta.url), 'utf8'),
);

describe.each([
  ['SimpleAppointment', 'appointment', 'call'],
  ['FindAppointment', 'appointment', 'call'],
  ['Appointment', 'appointment', 'call'],
  ['SimpleDocument', 'document', 'contract'],
  ['FindDocument', 'document', 'contract'],
  ['Document', 'document', 'contract'],
])('%s', (provider, entity, record) => {
  const key = `${entity}Id`;
  const prefix = entity === 'appointment' ? 'Appo' : 'Docu';

  test('answers every documented column, slim and full', async () => {
    const $select = [...(columns[entity] ?? []), `${entity}Udef/Siteshop:${prefix}UserKey01`].join(',');
    const $filter = `${key} eq ${ids[record]}`;
    const [slim] = await read(`/v1/Archive/${provider}`, { $select, $filter });
    expect(Object.keys(slim ?? {})).toEqual(['PrimaryKey', 'EntityName', ...$select.split(',')]);
    const [full] = await read(`/v1/Archive/${provider}`, { $select, $filter, $mode: 'full' });
    expect(Object.keys(full?.Column ?? {})).toEqual($select.split(','));
  });

  test('finds by key, by company and by date, page by page', async () => {
    const select = { $select: key };
    const by = ($filter: string) => read(`/v1/Archive/${provider}`, { ...select, $filter });
    const own = [expect.objectContaining({ [key]: ids[record] })];
    expect(await by(`${entity}Udef/Siteshop:${prefix}UserKey01 in ('${prefix[0]}-1')`)).toEqual(own);
    expect(await by(`contactId eq ${ContactId}`)).toEqual(own);
    expect(await by(`contact/contactUdef/Siteshop:CompUserKey01 = 'C-1'`)).toEqual(own);
    expect(await by("sale/heading = 'Order 77'")).toEqual(own);
    expect(await by(`saleId eq ${ids.sale}`)).toEqual(own);
    expect(await by('associateId associateIsOneOf (2)')).toEqual(own);
    expect(await by("date after '2026-06-01' and date before '2026-12-01' and contactId gt 0")).toEqual(own);
    const paged = await read(`/v1/Archive/${provider}`, {
      ...select,
      $filter: `${key} gt ${ids[record]}`,
      $orderby: `${key} asc`,
      $top: '1',
    });
    expect(paged).toEqual([
      expect.objectContaining({ [key]: ids[entity === 'appointment' ? 'other' : 'plain'] }),
    ]);
  });
});

test('an appointment reads as its parts', async () => {
  const $select =
    'type,recordType,text,contactId,personId,projectId,saleId,priority,location,alarm,date,endDate,time,duration,completed,rawType,' +
    'contact/name,person/fullName,project/name,sale/heading,associate/assocName,appointment/title,appointment/description';
  const [row] = await read('/v1/Appointment', { $select, $filter: `appointmentId eq ${ids.call}` });
  expect(row).toMatchObject({
    EntityName: 'appointment',
    type: 'NO:"Telefon ut";US:"Phone out";DA:"Telefon ud";SW:"Telefon ut"',
    recordType: 'Phone',
    text: 'Call Kari',
    contactId: 'Fjord AS',
    personId: 'Kari Nordmann',
    projectId: 'Harbour',
    saleId: ids.sale,
    location: 'Bergen',
    alarm: true,
    date: '2026-10-20T15:30:00',
    endDate: '2026-10-20T15:45:00',
    time: '2026-10-20T15:30:00',
    duration: 15 * 60,
    completed: false,
    rawType: 1,
    'contact/name': 'Fjord AS',
    'person/fullName': 'Kari Nordmann',
    'project/name': 'Harbour',
    'sale/heading': 'Order 77',
    'appointment/title': 'Call Kari',
    'appointment/description': 'about the order',
  });
});

test('a document reads as its two rows', async () => {
  const $select =
    'type,recordType,text,subject,name,ourref,snum,contactId,personId,date,completed,isMail,document/description,contact/name,sale/heading';
  const [row] = await read('/v1/Document', { $select, $filter: `documentId eq ${ids.contract}` });
  expect(row).toMatchObject({
    EntityName: 'document',
    type: 'NO:"Tilbud";US:"Quote";DA:"Tilbud";SW:"Offert"',
    recordType: 'Document',
    text: 'Contract 12',
    subject: 'Contract 12',
    name: 'contract.pdf',
    ourref: 'o-1',
    snum: 1,
    contactId: 'Fjord AS',
    personId: 'Kari Nordmann',
    date: '2026-07-01T12:00:00',
    completed: true,
    isMail: false,
    'document/description': 'signed',
    'contact/name': 'Fjord AS',
    'sale/heading': 'Order 77',
  });
});

test('appointments and documents are told apart, also below a company and a person', async () => {
  for (const owner of [`Contact/${ContactId}`, `Person/${PersonId}`]) {
    const appointments = await read(`/v1/${owner}/Appointments`, { $select: 'appointmentId' });
    expect(appointments.map(row => row.appointmentId)).toEqual([ids.call]);
    const documents = await read(`/v1/${owner}/Documents`, { $select: 'documentId' });
    expect(documents.map(row => row.documentId)).toEqual([ids.contract]);
  }
  const all = await read('/v1/Appointment', { $select: 'appointmentId', $orderby: 'appointmentId' });
  expect(all.map(row => row.appointmentId)).toEqual([ids.call, ids.other]);
});

test('both tables can be joined by hand', async () => {
  const [row] = await read('/v1/Archive/dynamic', {
    $select:
      'appointment.contact_id.name,appointment.text_id.text,appointment.title_text_id.text,appointment.do_by',
    $filter: `appointment.appointment_id = ${ids.call}`,
  });
  expect(row).toMatchObject({
    'appointment.contact_id.name': 'Fjord AS',
    'appointment.text_id.text': 'about the order',
    'appointment.title_text_id.text': 'Call Kari',
    'appointment.do_by': '2026-10-20T15:30:00',
  });
});
