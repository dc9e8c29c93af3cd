import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/server.ts';
import { openDataFile } from '../../../src/sandbox/store/data-file.ts';
import { Database } from '../../../src/sandbox/store/database.ts';
import { array, at, object, Tenant } from '../entities/tenant.ts';
import { caller } from '../server/talk.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const key = 'x_tickuserkey01';

describe('definitions', () => {
  test.each([
    ['/v1/Ticket/CustomField', key],
    ['/v1/TicketMessage/CustomField', 'x_messuserkey01'],
    ['/v1/Schema/ticket', key],
    ['/v1/Schema/EJ_MESSAGE', 'x_messuserkey01'],
  ])('GET %s', async (path, name) => {
    const { json } = await tenant.call('GET', path);
    const fields = array(json);
    expect(fields[0]).toMatchObject({
      FieldName: name,
      FieldType: 'ShortText',
      IsIndexed: true,
      TemplateVariableName: null,
    });
    expect(fields.map(field => field.FieldType)).toEqual([
      'ShortText',
      'ShortText',
      'Integer',
      'Checkbox',
      'Date',
      'Decimal',
    ]);
  });

  test('one by its name, and with the columns of the table', async () => {
    expect(await tenant.json('GET', `/v1/Ticket/CustomField/${key}`)).toMatchObject({ FieldName: key });
    expect((await tenant.call('GET', '/v1/Ticket/CustomField/x_nothing')).status).toBe(404);
    const { json } = await tenant.call('GET', '/v1/Schema/ticket?includeStandard=true');
    const names = array(json).map(field => field.FieldName);
    expect(names).toEqual(expect.arrayContaining(['title', 'cust_id', key]));
  });
});

describe('dictionaries', () => {
  const create = (body: object) => tenant.json('POST', '/v1/Ticket', { Title: 'x', ...body });

  test('CustomFields tell the value, what it was read as and words for a checkbox; ExtraFields the value', async () => {
    const created = await create({
      CustomFields: {
        [key]: 'T-1',
        x_number01: '42',
        x_check01: '[I:1]',
        x_date01: '[D:06/19/2019]',
        x_decimal01: '[F:1.5]',
      },
    });
    expect(created.CustomFields).toEqual({
      [key]: 'T-1',
      [`${key}:org`]: 'T-1',
      x_text01: '',
      'x_text01:org': '',
      x_number01: '[I:42]',
      'x_number01:org': '[I:42]',
      x_check01: '[I:1]',
      'x_check01:org': '[I:1]',
      'x_check01:DisplayText': '[SR_YES]',
      x_date01: '[D:06/19/2019]',
      'x_date01:org': '[D:06/19/2019]',
      x_decimal01: '[F:1.5]',
      'x_decimal01:org': '[F:1.5]',
    });
    expect(created.ExtraFields).toMatchObject({ [key]: 'T-1', x_number01: '[I:42]' });
    expect(created.ExtraFields).not.toHaveProperty(`${key}:org`);
    expect(at(created, 'FieldProperties', `CustomFields.${key}`, 'FieldLength')).toBe(255);
  });

  test.each<[string, unknown]>([
    ['one key of CustomFields', { CustomFields: { x_text01: 'new' } }],
    ['one key of ExtraFields', { ExtraFields: { x_text01: 'new' } }],
    ['a name in another case', { CustomFields: { X_Text01: 'new' } }],
    ['a path to the key', [{ op: 'replace', path: 'ExtraFields/x_text01', value: 'new' }]],
    [
      'an operation on the dictionary',
      [{ op: 'replace', path: '/CustomFields', value: { x_text01: 'new' } }],
    ],
    [
      'CustomFields beside old ExtraFields',
      { CustomFields: { x_text01: 'new' }, ExtraFields: { x_text01: 'old' } },
    ],
    [
      'ExtraFields beside old CustomFields',
      { CustomFields: { x_text01: 'old' }, ExtraFields: { x_text01: 'new' } },
    ],
  ])('%s changes that field alone', async (_what, body) => {
    const { TicketId } = await create({ CustomFields: { [key]: 'T-2', x_text01: 'old' } });
    const patched = await tenant.json('PATCH', `/v1/Ticket/${TicketId}`, body);
    expect(patched.CustomFields).toMatchObject({ [key]: 'T-2', x_text01: 'new' });
  });

  test('the whole entity sent back with one field changed changes that field', async () => {
    const entity = await create({ CustomFields: { [key]: 'T-3', x_number01: '[I:1]' } });
    const CustomFields = { ...object(entity.CustomFields), x_number01: '[I:2]' };
    const saved = await tenant.json('PUT', `/v1/Ticket/${entity.TicketId}`, { ...entity, CustomFields });
    expect(saved.CustomFields).toMatchObject({ [key]: 'T-3', x_number01: '[I:2]' });
  });

  test('an empty text clears', async () => {
    const { TicketId } = await create({ CustomFields: { x_date01: '[D:06/19/2019]', x_text01: 'a' } });
    const patched = await tenant.json('PATCH', `/v1/Ticket/${TicketId}`, {
      CustomFields: { x_date01: '', x_text01: '' },
    });
    expect(patched.CustomFields).toMatchObject({
      x_date01: '[D:01/01/0001 00:00:00.0000000]',
      x_text01: '',
    });
  });
});

test('fields, values, mails and indexes are there again after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sic-extra-fields-'));
  const data = join(folder, 'data');
  const start = () => startSandbox({ port: 0, data, latency: 0, seed: 'demo' });
  const first = await start();
  const { json } = await caller(first)('POST', '/v1/Ticket', {
    body: { Title: 'x', CustomFields: { [key]: 'T-9' } },
  });
  const message = await caller(first)('POST', '/v1/TicketMessage', {
    body: { Ticket: { TicketId: at(json, 'TicketId') } },
  });
  await caller(first)(
    'POST',
    `/v1/TicketMessage/${at(message.json, 'EjMessageId')}/Send?to=a@x.dk&cc=&bcc=&subject=s`,
  );
  await first.close();

  const second = await start();
  const query = `/v1/Archive/SimpleTicket?$select=title&$filter=extra/${key} in ('t-9')`;
  const found = await caller(second)('GET', encodeURI(query));
  expect(array(at(found.json, 'value'))).toHaveLength(1);
  expect(second.outbox()).toMatchObject([{ to: ['a@x.dk'], subject: 's' }]);
  await second.close();

  const database = new Database();
  const file = openDataFile(data, database);
  expect(database.table('extra_fields').find('table_name', 'ticket')).toHaveLength(6);
  file.close();
  rmSync(folder, { recursive: true });
});
