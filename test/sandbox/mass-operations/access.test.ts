import { describe, expect, onTestFinished, test } from 'vitest';
import type { Quirks } from '../../../src/sandbox/server.ts';
import { Tenant } from '../entities/tenant.ts';
import { ticketOf } from '../login/application.ts';
import { caller, fetchUrl } from '../server/talk.ts';
import { webapi } from '../server/webapi.ts';
import { call } from './agent.ts';

async function start(quirks: Partial<Quirks> = {}): Promise<Tenant> {
  const tenant = await Tenant.start(quirks);
  onTestFinished(() => tenant.close());
  return tenant;
}

const path = '/v1/Agents/DatabaseTable/Insert';
const body = { TableName: 'phone', Columns: ['owner_id', 'ptype_idx', 'phone'], Data: [['1', '1', '22']] };
const closed = { status: 403, json: { ErrorType: 'SoDbAccessException' } };

describe('who may', () => {
  test('the system user with its ticket, not an ordinary one', async () => {
    const { sandbox } = await start();
    const authorization = `SOTicket ${await ticketOf(sandbox)}`;
    const headers = { authorization, 'so-apptoken': sandbox.app().clientSecret };
    const url = `${sandbox.url}/api${path}`;
    expect((await fetchUrl('POST', url, { body, headers })).json).toMatchObject({
      Success: true,
      Inserts: 1,
    });
    expect((await fetchUrl('POST', url, { body, headers: { authorization } })).status).toBe(401);
    expect(await caller(sandbox, sandbox.ordinary)('POST', path, { body })).toMatchObject(closed);
  });

  test('nobody where the agent was not granted', async () => {
    expect(await call(await start({ 'mass-operations': 'refused' }), 'Insert', body)).toMatchObject(closed);
  });
});

test.each(['associate', 'Sequence', 'user_candidate'])('table %s is protected', async TableName => {
  const tenant = await start();
  for (const verb of ['Insert', 'Upsert', 'Delete', 'Truncate'] as const) {
    const request = { ...body, TableName, Keys: ['owner_id'], NomatchAction: 'NoChange', IDs: [1] };
    expect(await call(tenant, verb, request)).toMatchObject(closed);
  }
});

test('built-in tables are never truncated', async () => {
  const tenant = await start();
  const id = await tenant.company();
  expect((await call(tenant, 'Truncate', { TableName: 'contact' })).status).toBe(500);
  expect((await tenant.call('GET', `/v1/Contact/${id}`)).status).toBe(200);
});

describe('a failure', () => {
  const failing = { ...body, Data: [...body.Data, ['1', 'one', '23']] };

  test('has the status of the quirk', async () => {
    const tenant = await start({ 'refusal-of-mass-operation': '400:SoMassOperationException' });
    expect(await call(tenant, 'Insert', failing)).toMatchObject({
      status: 400,
      json: { Error: true, ErrorType: 'SoMassOperationException' },
    });
  });

  test('or is an answer without Success, which counts what was written', async () => {
    const tenant = await start({ 'refusal-of-mass-operation': 'unsuccessful' });
    expect(await call(tenant, 'Insert', failing)).toMatchObject({
      status: 200,
      json: { Success: false, Inserts: 1, Message: expect.stringMatching(/^Data\[1\]: /), RowStatus: null },
    });
  });
});

test('DatabaseTableAgent of @superoffice/webapi', async () => {
  const tenant = await start();
  const { url, username, password } = tenant.sandbox;
  const agent = new webapi.DatabaseTableAgent(`${url}/api/`, { auth: { username, password } });
  const id = await tenant.company({ Name: 'Before' });
  const columns = ['contact_id', 'name', 'country_id', 'business_idx', 'category_idx'];
  const { NoChange } = webapi.UpsertNomatchAction;
  const data = [[`${id}`, 'After', '[I:1]', '[I:1]', '[I:1]']];
  const upserted = await agent.upsertAsync('contact', columns, ['contact_id'], data, NoChange, true);
  expect(upserted).toMatchObject({
    success: true,
    updates: 1,
    rowStatus: [{ primaryKey: id, action: webapi.UpsertRowActionStatus.Updated, rowKeys: [`${id}`] }],
  });
  expect(await tenant.json('GET', `/v1/Contact/${id}`)).toMatchObject({ Name: 'After' });
  expect(await agent.insertAsync('contact', columns.slice(1), [['New', '1', '1', '1']])).toMatchObject({
    inserts: 1,
  });
  expect(await agent.deleteAsync('contact', [id])).toMatchObject({ success: true, deletes: 1 });
  await expect(agent.truncateAsync('contact')).rejects.toMatchObject({ response: { status: 500 } });
});
