import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { caller, fetchUrl } from './talk.ts';

let sandbox: RunningSandbox;
let origin: string;
let call: ReturnType<typeof caller>;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty' });
  origin = sandbox.url.replace('/Sandbox', '');
  call = caller(sandbox);
});
afterAll(() => sandbox.close());

describe('documents without sign-in', () => {
  it('answers the versions as JSON when asked for and as a page otherwise', async () => {
    const json = await fetchUrl('GET', `${sandbox.url}/api`, { headers: { accept: 'application/json' } });
    expect(json.json).toMatchObject({ v1: `${sandbox.url}/api/v1/`, Version: 'v1' });
    const page = await fetchUrl('GET', `${sandbox.url}/api/`, { headers: { accept: '*/*' } });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('NetServerVersion');
  });

  it('lists its endpoints', async () => {
    const { json } = await fetchUrl('GET', `${sandbox.url}/api/v1`);
    expect(json).toHaveProperty([`${sandbox.url}/api/v1/User/currentPrincipal`, 'GET']);
    expect(json).toHaveProperty([`${sandbox.url}/api/v1/Contact/UdefLayout`, 'PUT']);
  });

  it('answers the state of its own tenant only', async () => {
    const own = await fetchUrl('GET', `${origin}/api/state/sandbox`);
    expect(own.json).toMatchObject({
      ContextIdentifier: 'Sandbox',
      Endpoint: sandbox.url,
      Api: `${sandbox.url}/api`,
      State: 'Running',
      IsRunning: true,
    });
    expect((await fetchUrl('GET', `${origin}/api/state/Cust12345`)).status).toBe(404);
  });
});

describe('the wrong door', () => {
  it.each([
    ['another tenant', '/Cust12345/api/v1/User/currentPrincipal', {}],
    ['a login host', '/Sandbox/api/v1/User/currentPrincipal', { host: 'online.superoffice.com' }],
  ])('answers 421 to %s', async (_, path, headers) => {
    const reply = await fetchUrl('GET', `${origin}${path}`, { headers });
    expect(reply.status).toBe(421);
    expect(reply.text).toBe('Wrong subdomain used to access tenant');
  });

  it.each([
    ['GET', '/v1/NoSuchThing'],
    ['PATCH', '/v1/User/currentPrincipal'],
    ['GET', '/v1/Contact/UdefLayout/%E0%A4%A'],
  ])('answers 404 as ASP.NET does to %s %s', async (method, path) => {
    const reply = await call(method, path);
    expect(reply.status).toBe(404);
    expect(reply.json).toEqual({
      Message: `No HTTP resource was found that matches the request URI '${sandbox.url}/api${path}'.`,
    });
  });
});

describe('requests', () => {
  it('matches paths without regard to case, POST with a slash at the end', async () => {
    expect(
      (await fetchUrl('GET', `${origin}/sandbox/API`, { headers: { accept: 'application/json' } })).status,
    ).toBe(200);
    expect((await call('GET', '/V1/user/CURRENTPRINCIPAL')).status).toBe(200);
    expect((await call('POST', '/v1/Contact/UdefLayout/?UDEFFIELDTYPE=number')).json).toMatchObject({
      FieldType: 'Number',
    });
  });

  it.each([
    ['bad JSON', '{"a":', 'application/json', 400],
    ['XML', '<a/>', 'application/xml', 415],
  ])('refuses %s in the form of the model binder', async (_, body, type, status) => {
    const reply = await call('PUT', '/v1/Contact/UdefLayout', { body, headers: { 'content-type': type } });
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject({
      Message: 'The request is invalid.',
      MessageDetail: expect.any(String),
    });
  });

  it('refuses a missing body and a missing parameter', async () => {
    for (const [method, path] of [
      ['PUT', ''],
      ['POST', '?other=1'],
    ]) {
      const reply = await call(method ?? '', `/v1/Contact/UdefLayout${path}`);
      expect(reply.status).toBe(400);
      expect(reply.json).toHaveProperty('MessageDetail', expect.stringContaining('null entry for parameter'));
    }
  });

  it('answers refusals of the services in their own form', async () => {
    const reply = await call('GET', '/v1/Contact/UdefLayout/Nobody');
    expect(reply.status).toBe(404);
    expect(reply.json).toEqual({
      Error: true,
      ErrorType: 'SoNotFoundException',
      ErrorMessage: 'User-defined field Nobody not found',
      ErrorSource: 'SuperOffice.Services.Implementation',
    });
  });
});

it('delays every answer by the latency', async () => {
  const slow = await startSandbox({ port: 0, data: null, latency: 60, seed: 'empty' });
  const start = performance.now();
  await fetchUrl('GET', `${slow.url}/api`);
  expect(performance.now() - start).toBeGreaterThan(55);
  await slow.close();
});

it('closes at once although an answer is under way', async () => {
  const slow = await startSandbox({ port: 0, data: null, latency: 60_000, seed: 'empty' });
  const cut = expect(fetchUrl('GET', `${slow.url}/api`)).rejects.toThrow();
  await fetchUrl('GET', `${sandbox.url}/api`);
  await slow.close();
  await cut;
});

it('says so when the port is taken', async () => {
  const port = Number(new URL(sandbox.url).port);
  await expect(startSandbox({ port, data: null, latency: 0, seed: 'empty' })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
