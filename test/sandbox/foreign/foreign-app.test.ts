import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import expectedNames from '../entities/service-properties.json' with { type: 'json' };
import { array, at, type Json, Tenant } from '../entities/tenant.ts';

let tenant: Tenant | undefined;

/** Every test has an application and a device of its own. */
beforeEach(async () => {
  tenant ??= await Tenant.start();
  number += 1;
  app = `app ${number}`;
  device = `/v1/ForeignApp/${encodeURIComponent(app)}/import/17PS01`;
  await json('POST', '/v1/ForeignApp', { Name: app });
  await json('POST', device, {});
});

afterAll(async () => {
  await tenant?.close();
});

let number = 0;
let app = '';
let device = '';

function started(): Tenant {
  if (!tenant) throw new Error('no sandbox');
  return tenant;
}

function json(method: string, path: string, body?: unknown): Promise<Json> {
  return started().json(method, path, body);
}

async function status(method: string, path: string, body?: unknown): Promise<number> {
  return (await started().call(method, path, body === undefined ? {} : { body })).status;
}

function key(body: Json = {}): Json {
  return { Key: 'TickUserKey01', Value: 'T-1', RecordId: 7, TableName: 'ticket', ...body };
}

async function rows(filter: string, select = 'keyId,keyName,keyValue,recordId,tableId'): Promise<Json[]> {
  const query = new URLSearchParams({ $select: select, $filter: filter });
  return array((await json('GET', `/v1/ForeignApp?${query}`)).value);
}

const ofApp = () => `appName = '${app}'`;

describe('applications', () => {
  test('by id and by name, with the properties of the specs', async () => {
    const byName = await json('GET', `/v1/ForeignApp/${encodeURIComponent(app)}`);
    const byId = await json('GET', `/v1/ForeignApp/${byName.ForeignAppId}`);
    expect(byId).toEqual(byName);
    expect(Object.keys(byId).sort()).toEqual([...expectedNames.ForeignAppEntityWithLinks].sort());
    expect(byId).toMatchObject({
      Name: app,
      CreatedBy: { Name: 'SIC' },
      UpdatedBy: null,
      Devices: [{ Name: 'import', DeviceIdentifier: '17PS01' }],
    });
    expect(Object.keys(array(byId.Devices)[0] ?? {})).toEqual(expectedNames.ForeignDevice);
  });

  test('a name is taken once, in any case; saving by name is not making it again', async () => {
    const twice = await started().call('POST', '/v1/ForeignApp', { body: { Name: app.toUpperCase() } });
    expect([twice.status, at(twice.json, 'ErrorType')]).toEqual([400, 'SoDuplicateException']);
    const { ForeignAppId } = await json('GET', `/v1/ForeignApp/${encodeURIComponent(app)}`);
    for (const method of ['PUT', 'POST'])
      expect(await json(method, `/v1/ForeignApp/${encodeURIComponent(app)}`)).toMatchObject({ ForeignAppId });
  });

  test('a PUT renames, adds devices and leaves those alone that it does not name', async () => {
    const { ForeignAppId } = await json('GET', `/v1/ForeignApp/${encodeURIComponent(app)}`);
    const renamed = await json('PUT', `/v1/ForeignApp/${ForeignAppId}`, {
      Name: `${app} b`,
      Devices: [{ Name: 'export', DeviceIdentifier: '' }],
    });
    expect(renamed).toMatchObject({ Name: `${app} b`, UpdatedBy: { Name: 'SIC' } });
    expect(array(renamed.Devices).map(({ Name }) => Name)).toEqual(['import', 'export']);
  });

  test('a change since a time is 412, nothing new since one 304', async () => {
    const { ForeignAppId } = await json('GET', `/v1/ForeignApp/${encodeURIComponent(app)}`);
    const path = `/v1/ForeignApp/${ForeignAppId}`;
    const long = { 'if-unmodified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' };
    const call = started().call;
    expect((await call('PUT', path, { body: { Name: 'x' }, headers: long })).status).toBe(412);
    expect((await call('DELETE', path, { headers: long })).status).toBe(412);
    const soon = { 'if-modified-since': 'Wed, 01 Jan 2120 00:00:00 GMT' };
    expect((await call('GET', path, { headers: soon })).status).toBe(304);
  });

  test('deleting one takes its devices and keys along', async () => {
    const { ForeignAppId } = await json('GET', `/v1/ForeignApp/${encodeURIComponent(app)}`);
    await json('POST', `${device}/Key`, key());
    expect(await rows(ofApp())).toHaveLength(1);
    expect(await status('DELETE', `/v1/ForeignApp/${ForeignAppId}`)).toBe(204);
    expect(await rows(ofApp())).toEqual([]);
    expect(await status('GET', `/v1/ForeignApp/${ForeignAppId}`)).toBe(404);
    expect(await rows("keyValue = 'T-1'")).toEqual([]);
  });
});

describe('devices', () => {
  test('there is one per name and identifier', async () => {
    const first = await json('GET', device);
    expect(await json('PUT', device, { Name: 'other' })).toMatchObject({
      ForeignDeviceId: first.ForeignDeviceId,
      Name: 'import',
    });
    const other = await json('POST', device.replace('17PS01', '17PS02'), {});
    expect(other.ForeignDeviceId).not.toBe(first.ForeignDeviceId);
    const { json: all } = await started().call('GET', `/v1/ForeignApp/${encodeURIComponent(app)}/Devices`);
    expect(array(all).map(({ DeviceIdentifier }) => DeviceIdentifier)).toEqual(['17PS01', '17PS02']);
  });

  test('deleting one takes its keys along and no others', async () => {
    const other = device.replace('17PS01', '17PS02');
    await json('POST', other, {});
    await json('POST', `${device}/Key`, key());
    await json('POST', `${other}/Key`, key());
    expect(await status('DELETE', device)).toBe(204);
    expect(await rows(`${ofApp()} and keyId gt 0`)).toHaveLength(1);
    expect(await status('GET', device)).toBe(404);
  });
});

describe('keys', () => {
  test('a posted key is found by value and by record, with and without the identifier', async () => {
    const posted = await json('POST', `${device}/Key`, key());
    expect(Object.keys(posted)).toEqual(expectedNames.ForeignKey);
    expect(posted).toMatchObject({ ...key(), CreatedBy: 'SIC', UpdatedBy: '' });
    const any = `/v1/ForeignApp/${encodeURIComponent(app)}/import/Key/TickUserKey01/ticket`;
    const one = `${device}/Key/TickUserKey01/TICKET`;
    for (const path of [`${any}?keyValue=T-1`, `${one}?Value=T-1`, `${any}/7`, `${one}/7`])
      expect(await json('GET', path)).toEqual(posted);
    for (const path of [`${any}/7/Value`, `${one}/7/Value`])
      expect((await started().call('GET', path)).json).toBe('T-1');
  });

  test('POST adds beside, PUT saves over and adds what is not there', async () => {
    await json('POST', `${device}/Key`, key());
    await json('POST', `${device}/Key`, key({ Value: 'T-2' }));
    expect((await rows(ofApp())).map(row => row.keyValue)).toEqual(['T-1', 'T-2']);
    await json('PUT', `${device}/Key`, key({ Value: 'T-3' }));
    expect((await rows(ofApp())).map(row => row.keyValue)).toEqual(['T-3', 'T-2']);
    await json('PUT', `${device}/Key`, key({ RecordId: 8, Value: 'T-4' }));
    await json('PUT', `${device}/Key`, key({ TableName: 'ej_message', Value: 'M-1' }));
    expect(await rows(ofApp())).toMatchObject([
      { recordId: 7, tableId: 262, keyValue: 'T-3' },
      { recordId: 7, tableId: 262, keyValue: 'T-2' },
      { recordId: 8, tableId: 262, keyValue: 'T-4' },
      { recordId: 7, tableId: 258, keyValue: 'M-1' },
    ]);
  });

  test.each<[string, string, readonly string[]]>([
    ['one record', 'TickUserKey01/ticket/7', ['other', 'T-8', 'M-7']],
    ['record 0: all of the table', 'TickUserKey01/ticket/0', ['other', 'M-7']],
    ['a blank table: all of the name', 'TickUserKey01//0', ['other']],
  ])('DELETE of %s', async (_what, path, left) => {
    await json('POST', `${device}/Key`, key({ Value: 'T-7' }));
    await json('POST', `${device}/Key`, key({ Key: 'Other', Value: 'other' }));
    await json('POST', `${device}/Key`, key({ Value: 'T-8', RecordId: 8 }));
    await json('POST', `${device}/Key`, key({ Value: 'M-7', TableName: 'ej_message' }));
    expect(await status('DELETE', `${device}/Key/${path}`)).toBe(204);
    expect((await rows(ofApp())).map(row => row.keyValue)).toEqual(left);
  });

  test.each<[string, (path: string) => string]>([
    ['application', path => path.replace(/app%20\d+/, 'nobody')],
    ['device', path => path.replace('import', 'nothing')],
    ['identifier', path => path.replace('17PS01', '99')],
  ])('a key on a missing %s is 404 and not kept', async (_what, change) => {
    for (const method of ['POST', 'PUT'])
      expect(await status(method, change(`${device}/Key`), key({ Value: 'lost' }))).toBe(404);
    expect(await rows("keyValue = 'lost'")).toEqual([]);
  });

  test.each([
    ['no name', key({ Key: '' }), 'Key is missing'],
    ['a value that is too long', key({ Value: 'x'.repeat(240) }), '240 characters, the field holds 239'],
    ['a table without foreign keys', key({ TableName: 'category' }), "'category' have no foreign keys"],
    ['a record that is no id', key({ RecordId: 'seven' }), 'is no record id'],
  ])('%s is refused', async (_what, body, message) => {
    const reply = await started().call('POST', `${device}/Key`, { body });
    expect([reply.status, at(reply.json, 'ErrorMessage')]).toEqual([400, expect.stringContaining(message)]);
  });

  test('a record shows its keys among its extra fields when it is asked to', async () => {
    const { TicketId } = await json('POST', '/v1/Ticket', { Title: 'x' });
    await json('POST', `${device}/Key`, key({ RecordId: TicketId }));
    const name = `${app}.import.TickUserKey01`;
    expect(await json('GET', `/v1/Ticket/${TicketId}/ForeignKey`)).toEqual({ [name]: 'T-1' });
    const entity = await json('GET', `/v1/Ticket/${TicketId}?fk=true`);
    expect(entity.ExtraFields).toMatchObject({ [name]: 'T-1', x_text01: '' });
    // Sent back, they are no extra fields and no reason to refuse.
    expect(await status('PUT', `/v1/Ticket/${TicketId}`, entity)).toBe(200);
  });
});
