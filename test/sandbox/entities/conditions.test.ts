import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const noDate = '0001-01-01T00:00:00';

/** The header for a stamp of an answer, moved by some seconds. */
function httpDate(stamp: unknown, seconds = 0): string {
  return new Date(Date.parse(`${stamp}Z`) + seconds * 1000).toUTCString();
}

describe.each([
  ['PUT', { Name: 'Changed' }],
  ['PATCH', [{ op: 'replace', path: '/Name', value: 'Changed' }]],
  ['DELETE', undefined],
])('If-Unmodified-Since on %s', (method, body) => {
  test('412 when the record changed later, and nothing happens', async () => {
    const id = await tenant.company();
    const entity = await tenant.json('GET', `/v1/Contact/${id}`);
    expect(entity.UpdatedDate).toBe(noDate);
    const headers = { 'if-unmodified-since': httpDate(entity.CreatedDate, -1) };
    expect((await tenant.call(method, `/v1/Contact/${id}`, { body, headers })).status).toBe(412);
    expect(await tenant.json('GET', `/v1/Contact/${id}`)).toEqual(entity);
  });

  test.each([0, 60])('goes through with the stamp of the record, %d seconds later too', async seconds => {
    const id = await tenant.company();
    const entity = await tenant.json('GET', `/v1/Contact/${id}`);
    const headers = { 'if-unmodified-since': httpDate(entity.CreatedDate, seconds) };
    expect((await tenant.call(method, `/v1/Contact/${id}`, { body, headers })).status).toBeLessThan(300);
  });
});

test('If-Unmodified-Since does not count for reading', async () => {
  const path = `/v1/Contact/${await tenant.company()}`;
  const headers = { 'if-unmodified-since': 'Wed, 21 Oct 2015 07:28:00 GMT' };
  expect((await tenant.call('GET', path, { headers })).status).toBe(200);
});

test('If-Modified-Since: 304 without a body, 200 when it changed later', async () => {
  const id = await tenant.company();
  const { CreatedDate } = await tenant.json('GET', `/v1/Contact/${id}`);
  const get = (seconds: number) =>
    tenant.call('GET', `/v1/Contact/${id}`, {
      headers: { 'if-modified-since': httpDate(CreatedDate, seconds) },
    });
  expect(await get(0)).toMatchObject({ status: 304, text: '' });
  expect((await get(-1)).status).toBe(200);
});

describe('UpdatedDate', () => {
  test('stays when a save changes nothing', async () => {
    const id = await tenant.company({ Department: 'Oslo', Phones: [{ Value: '1' }] });
    const body = { Department: 'Oslo', Phones: [{ Value: '1', Description: '' }], Description: '' };
    expect((await tenant.json('PATCH', `/v1/Contact/${id}`, body)).UpdatedDate).toBe(noDate);
  });

  test.each<[part: string, body: Record<string, unknown>]>([
    ['a column', { Department: 'x' }],
    ['a phone', { Phones: [{ Value: '9' }] }],
    ['the note', { Description: 'x' }],
    ['the address', { Address: { Postal: { City: 'x' } } }],
    ['an interest', { Interests: [{ Id: 1, Selected: true }] }],
    ['a custom field', { CustomFields: { 'Siteshop:CompUserText01': 'x' } }],
  ])('moves when %s changes', async (_part, body) => {
    const id = await tenant.company();
    const entity = await tenant.json('PATCH', `/v1/Contact/${id}`, body);
    expect(entity.UpdatedDate).not.toBe(noDate);
    expect(entity.UpdatedBy).toMatchObject({ Name: 'SIC' });
  });
});
