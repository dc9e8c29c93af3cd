import { expect, test } from 'vitest';
import { array, type Json, type Tenant } from '../sandbox/entities/tenant.ts';
import { counted, openDesk } from './desk.ts';

const companies = ['CompUserKey01;Name', 'C-1;Fjordbygg AS'];

test('a day without a time goes to the check list, a time to the diary, and neither is shifted', async () => {
  const { tenant, file, run } = await openDesk();
  await file('companies.csv', companies);
  await file('appointments.csv', [
    'AppoUserKey01;CompUserKey01;StartDate;EndDate;IsAlldayEvent',
    'A-1;C-1;2026-03-29;;',
    'A-2;C-1;2026-03-29 02:30;2026-03-29 03:30;',
    'A-3;C-1;2026-03-29;;TRUE',
    'A-4;C-1;2026-03-29;2026-03-30;',
  ]);
  expect(counted(await run('import', 'companies.csv', 'appointments.csv'))).toEqual({ read: 5, created: 5 });
  expect(await appointmentsOf(tenant)).toMatchObject([
    { Type: 'inChecklist', StartDate: '2026-03-29T00:00:00', EndDate: '2026-03-29T00:00:00' },
    { Type: 'inDiary', StartDate: '2026-03-29T02:30:00', EndDate: '2026-03-29T03:30:00' },
    { Type: 'inDiary', StartDate: '2026-03-29T00:00:00', IsAlldayEvent: true },
    { Type: 'inDiary', StartDate: '2026-03-29T00:00:00', EndDate: '2026-03-30T00:00:00' },
  ]);
});

test('what a user made longer meanwhile keeps that length when the file moves it', async () => {
  const { tenant, file, run } = await openDesk();
  await file('companies.csv', companies);
  await file('appointments.csv', [
    'AppoUserKey01;CompUserKey01;StartDate;EndDate',
    'A-1;C-1;2026-02-03 14:30;2026-02-03 15:00',
  ]);
  await run('import', 'companies.csv', 'appointments.csv');
  const [appointment] = await appointmentsOf(tenant);
  await tenant.json('PATCH', `/v1/Appointment/${appointment?.AppointmentId}`, [
    { op: 'replace', path: '/EndDate', value: '2026-02-03T17:30:00' },
  ]);
  await file('appointments.csv', ['AppoUserKey01;StartDate', 'A-1;2026-02-04 08:00']);
  expect(counted(await run('import', 'appointments.csv'))).toEqual({ read: 1, updated: 1 });
  expect(await appointmentsOf(tenant)).toMatchObject([
    { StartDate: '2026-02-04T08:00:00', EndDate: '2026-02-04T11:00:00', ActiveDate: '2026-02-04T08:00:00' },
  ]);
});

/** All appointments as SuperOffice's own entities, by user key. */
async function appointmentsOf(tenant: Tenant): Promise<Json[]> {
  const key = 'appointmentUdef/Siteshop:AppoUserKey01';
  const query = new URLSearchParams({ $select: `appointmentId,${key}`, $orderBy: key });
  const rows = array((await tenant.json('GET', `/v1/Appointment?${query}`)).value);
  return Promise.all(rows.map(row => tenant.json('GET', `/v1/Appointment/${row.PrimaryKey}`)));
}
