import { expect, test } from 'vitest';
import { array, at, type Json, type Tenant } from '../sandbox/entities/tenant.ts';
import { counted, openDesk } from './desk.ts';

const mailOn = { tickets: { sendMail: true } };
const ticket = ['TickUserKey01;Title', 'T-1;Kranen står'];
const header = 'MessUserKey01;TickUserKey01;Body;SendTo;SendCc;SendBcc;SendSubject';

test('a new message is mailed once, when mail is on', async () => {
  const { tenant, file, put, run } = await openDesk(mailOn);
  await file('tickets.csv', ticket);
  await put('error.txt', 'Feil 17');
  await file('messages.csv', [
    `${header};AttachmentNames`,
    'M-1;T-1;Den står;"kari@fjordbygg.example; ole@fjordbygg.example";per@fjordbygg.example;eva@fjordbygg.example;Kran 17;error.txt',
    'M-2;T-1;Den går;kari@fjordbygg.example;;;;',
    'M-3;T-1;Sendes ikke;;;;;',
  ]);
  const dryRun = await run('validate', 'tickets.csv', 'messages.csv');
  expect(counted(dryRun)).toEqual({ read: 4, created: 4 });
  expect(await outboxOf(tenant)).toEqual([]);

  const answer = await run('import', 'tickets.csv', 'messages.csv');
  expect(counted(answer)).toEqual({ read: 4, created: 4 });
  expect(answer.warnings).toEqual([]);
  const sent = await outboxOf(tenant);
  expect(sent).toMatchObject([
    {
      to: ['kari@fjordbygg.example', 'ole@fjordbygg.example'],
      cc: ['per@fjordbygg.example'],
      bcc: ['eva@fjordbygg.example'],
      subject: 'Kran 17',
    },
    { to: ['kari@fjordbygg.example'], cc: [], bcc: [], subject: 'Kranen står' },
  ]);
  expect(sent[0]?.attachmentIds).toHaveLength(1);

  for (const argv of [
    ['import', 'messages.csv'],
    ['import', 'messages.csv', '--full'],
  ])
    expect((await run(...argv)).exitCode).toBe(0);
  await file('messages.csv', [header, 'M-1;T-1;Den står fortsatt;kari@fjordbygg.example;;;Kran 18']);
  expect(counted(await run('import', 'messages.csv'))).toEqual({ read: 1, updated: 1 });
  expect(await outboxOf(tenant)).toHaveLength(2);
});

test('with mail off nothing is sent, not even when it is turned on later', async () => {
  const { tenant, file, put, run } = await openDesk();
  await file('tickets.csv', ticket);
  await file('messages.csv', [header, 'M-1;T-1;Den står;kari@fjordbygg.example;;;']);
  const answer = await run('import', 'tickets.csv', 'messages.csv');
  expect(counted(answer)).toEqual({ read: 2, created: 2 });
  expect(answer.warnings).toMatchObject([{ code: 'mail-off', count: 1 }]);
  const { url, username } = tenant.sandbox;
  const auth = { type: 'basic', username, password: { env: 'SIC_PASSWORD' } };
  await put('sic.config.json', JSON.stringify({ profiles: { crm: { url, rate: 0, auth } }, ...mailOn }));
  expect(counted(await run('import', 'messages.csv', '--full'))).toEqual({ read: 1, current: 1 });
  expect(await outboxOf(tenant)).toEqual([]);
});

test('without a key field in the profile, keys of requests and messages are foreign keys of the customer', async () => {
  const { tenant, file, run } = await openDesk({ integrationId: '17PS01010001' });
  const guarded = (header: string, row: string) => [
    `IntegrationID;${header};IntegrationIDCheck`,
    `17PS01010001;${row};17PS01010001`,
  ];
  await file('tickets.csv', guarded('TickUserKey01;Title', 'T-1;Kranen står'));
  await file('messages.csv', guarded('MessUserKey01;TickUserKey01;Body', 'M-1;T-1;Den står'));
  expect(counted(await run('import', 'tickets.csv', 'messages.csv'))).toEqual({ read: 2, created: 2 });
  const owner = { appName: 'sic', deviceIdentifier: '17PS01010001' };
  expect(await foreignKeysOf(tenant)).toMatchObject([
    { ...owner, keyName: 'TickUserKey01', keyValue: 'T-1' },
    { ...owner, keyName: 'MessUserKey01', keyValue: 'M-1' },
  ]);
  const [found] = await ticketsOf(tenant, 'title', 'Kranen står');
  expect(found?.['extra/x_tickuserkey01']).toBe('');
});

test('with a key field in the profile, keys stand in it, and are found there', async () => {
  const { tenant, file, run } = await openDesk(
    {},
    { profile: { ticketKey: 'x_tickuserkey01', messageKey: 'x_messuserkey01' } },
  );
  await file('tickets.csv', ['TickUserKey01;Title', 'T-1;Kranen står', 'T-2;Trucken står']);
  await file('messages.csv', ['MessUserKey01;TickUserKey01;Body', 'M-1;T-1;Den står']);
  expect(counted(await run('import', 'messages.csv', 'tickets.csv'))).toEqual({ read: 3, created: 3 });
  expect(await ticketsOf(tenant, 'extra/x_tickuserkey01', 'T-1')).toMatchObject([{ title: 'Kranen står' }]);
  expect(await foreignKeysOf(tenant)).toEqual([]);

  await file('messages.csv', ['MessUserKey01;TickUserKey01', 'M-1;T-2']);
  const moved = await run('import', 'messages.csv', '--rows');
  expect(counted(moved)).toEqual({ read: 1, updated: 1 });
  expect(moved.rows[0]?.changes).toEqual([{ field: 'TickUserKey01', from: 'T-1', to: 'T-2' }]);
  expect(counted(await run('import', 'tickets.csv', 'messages.csv', '--full'))).toEqual({
    read: 3,
    current: 3,
  });
});

test('a key field that is not there stops the run before anything is written', async () => {
  const { file, run } = await openDesk({}, { profile: { ticketKey: 'x_erpkey' } });
  await file('tickets.csv', ticket);
  const answer = await run('import', 'tickets.csv');
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toContain('SuperOffice has no extra field "x_erpkey"');
  expect(answer.stderr).toContain('Make an extra field of that name in SuperOffice');
});

test('tags that a user gave a request stay', async () => {
  const { tenant, file, run } = await openDesk();
  await file('tickets.csv', ['TickUserKey01;Title;AddTags', 'T-1;Kranen står;vip']);
  await run('import', 'tickets.csv');
  const [found] = await ticketsOf(tenant, 'title', 'Kranen står');
  const tags = array(at(await tenant.json('GET', `/v1/Ticket/${found?.PrimaryKey}`), 'Tags'));
  expect(tags).toMatchObject([{ Name: 'VIP' }]);
});

/** What the tenant would have mailed, by subject: several messages are on their way at once. */
async function outboxOf(tenant: Tenant): Promise<Json[]> {
  const mails = array((await tenant.call('GET', '/v1/Sandbox/Outbox')).json);
  return mails.sort((a, b) => (String(a.subject) < String(b.subject) ? -1 : 1));
}

/** Asked in another way than the client's: OData. */
async function ticketsOf(tenant: Tenant, column: string, value: string): Promise<Json[]> {
  const query = new URLSearchParams({
    $select: 'ticketId,title,extra/x_tickuserkey01',
    $filter: `${column} eq '${value}'`,
  });
  return array((await tenant.json('GET', `/v1/Ticket?${query}`)).value);
}

/** Foreign keys of the whole tenant, oldest first. */
async function foreignKeysOf(tenant: Tenant): Promise<Json[]> {
  const query = new URLSearchParams({
    $select: 'keyId,keyName,keyValue,appName,deviceIdentifier',
    $orderBy: 'keyId',
  });
  return array((await tenant.json('GET', `/v1/ForeignApp?${query}`)).value);
}

test('the messages of each request stand in the order of the file', async () => {
  const { tenant, file, run } = await openDesk(mailOn);
  const keys = Array.from({ length: 3 }, (_, index) => `T-${index}`);
  await file('tickets.csv', ['TickUserKey01;Title', ...keys.map(key => `${key};Sak ${key}`)]);
  const bodies = Array.from({ length: 150 }, (_, index) => `Melding ${String(index).padStart(3, '0')}`);
  await file('messages.csv', [
    'MessUserKey01;TickUserKey01;Body;SendTo',
    // Those to be mailed ask for the title of their request first, so they would come later than the others.
    ...bodies.map(
      (body, index) =>
        `M-${index};${keys[index % keys.length]};${body};${index % 4 === 0 ? 'kari@fjordbygg.example' : ''}`,
    ),
  ]);
  expect(counted(await run('import', 'tickets.csv', 'messages.csv'))).toEqual({ read: 153, created: 153 });
  for (const [index, key] of keys.entries()) {
    const answer = await tenant.json(
      'GET',
      `/v1/Archive/TicketMessage?$select=ticketMessageId,body,ticket/title&$filter=${encodeURIComponent(`ticket/title is 'Sak ${key}'`)}&$orderby=ticketMessageId&$top=1000`,
    );
    const told = array(at(answer, 'value')).map(row => at(row, 'body'));
    expect(told).toEqual(bodies.filter((_, at) => at % keys.length === index));
  }
});
