import { expect, onTestFinished, test } from 'vitest';
import { openPointNames, openPoints } from '../../../src/superoffice/open-points.ts';
import { array, Tenant } from '../../sandbox/entities/tenant.ts';
import { startFaultyProxy } from '../../support/faulty-proxy.ts';
import { mark, probed } from './probed.ts';

async function start(): Promise<Tenant> {
  const tenant = await Tenant.start();
  onTestFinished(() => tenant.close());
  return tenant;
}

/** Everything that people can still find of a probe, as `Contact 7`. Asked of SuperOffice itself. */
async function traces({ call }: Tenant): Promise<string[]> {
  const found: string[] = [];
  const columns = {
    Contact: 'name',
    Person: 'lastName',
    Project: 'name',
    Sale: 'heading',
    Document: 'name',
    Ticket: 'title',
  } as const;
  for (const [entity, column] of Object.entries(columns)) {
    const query = new URLSearchParams({ $select: column, $filter: `${column} begins 'sic probe'` });
    const { status, json, text } = await call('GET', `/v1/${entity}?${query}`);
    expect(status, text).toBe(200);
    found.push(...array(Reflect.get(Object(json), 'value')).map(row => `${entity} ${row.PrimaryKey}`));
  }
  const tags = (await call('GET', '/v1/MDOList/tags')).json;
  found.push(...array(tags).flatMap(({ Name }) => (String(Name).startsWith(mark) ? [`tag ${Name}`] : [])));
  const app = await call('GET', `/v1/ForeignApp/${encodeURIComponent(mark)}`);
  if (app.status !== 404) found.push('ForeignApp');
  return found;
}

test('everything that was made is deleted, but for the attachment, which cannot be', async () => {
  const tenant = await start();
  const { left } = await probed(tenant.sandbox);
  expect(left).toEqual([
    {
      what: 'Attachment',
      id: expect.any(Number),
      name: mark,
      why: 'SuperOffice has no way to delete an attachment; its message is deleted.',
    },
  ]);
  expect(await traces(tenant)).toEqual([]);
});

test.each(openPointNames)(
  'interrupted before %s: nothing is left, and nothing more was tried',
  async name => {
    const tenant = await start();
    const controller = new AbortController();
    const { points, left, stopped } = await probed(tenant.sandbox, {
      signal: controller.signal,
      tell: question => {
        if (question === openPoints[name].question) controller.abort('SIGINT');
      },
    });
    const reached = openPointNames.slice(0, openPointNames.indexOf(name));
    expect(points.slice(0, reached.length).map(point => point.name)).toEqual(reached);
    // The last one asks nothing of SuperOffice unless a rate was named.
    expect(stopped).toBe(name === 'too-many-requests' ? null : 'interrupted');
    expect(left.filter(({ what }) => what !== 'Attachment')).toEqual([]);
    expect(await traces(tenant)).toEqual([]);
  },
);

test('interrupted in the middle of an experiment: what it has made by then is deleted', async () => {
  const tenant = await start();
  const controller = new AbortController();
  const proxy = await startFaultyProxy(tenant.sandbox.url);
  proxy.script(({ method, path }) => {
    if (method === 'PATCH' && path.startsWith('/v1/Sale/')) controller.abort('SIGINT');
    return null;
  });
  const { username, password } = tenant.sandbox;
  const { left, stopped } = await probed(
    { url: proxy.url, username, password },
    { signal: controller.signal },
  );
  expect({ left, stopped }).toEqual({ left: [], stopped: 'interrupted' });
  expect(await traces(tenant)).toEqual([]);
});

test('a record that cannot be deleted is told with its id, and the others are deleted', async () => {
  const tenant = await start();
  const proxy = await startFaultyProxy(tenant.sandbox.url);
  proxy.script(({ method, path }) =>
    method === 'DELETE' && path.startsWith('/v1/Project/') ? { status: 403, body: '{}' } : null,
  );
  const { username, password } = tenant.sandbox;
  const { left } = await probed({ url: proxy.url, username, password });
  const [project, ...others] = left.filter(({ what }) => what !== 'Attachment');
  expect(others).toEqual([]);
  expect(project).toMatchObject({ what: 'Project', name: mark, why: expect.stringContaining('403') });
  expect(await traces(tenant)).toEqual([`Project ${project?.id}`]);
});

test('signed out in the middle: the probe ends, and all that is left is told', async () => {
  const tenant = await start();
  const proxy = await startFaultyProxy(tenant.sandbox.url);
  let out = false;
  proxy.script(({ method, path }) => {
    out ||= method === 'PATCH' && path.startsWith('/v1/Sale/');
    return out ? { status: 401, body: '{}' } : null;
  });
  const { username, password } = tenant.sandbox;
  const { left, stopped, points } = await probed({ url: proxy.url, username, password });
  expect(stopped).toMatchObject({ status: 401 });
  expect(points.map(({ name }) => name)).toEqual(
    openPointNames.slice(0, openPointNames.indexOf('cleared-reference')),
  );
  const told = left.map(({ what, id }) => `${what} ${id}`).sort();
  expect(told).toEqual((await traces(tenant)).sort());
  expect(told.length).toBeGreaterThan(3);
});

test('a creation whose answer was lost is told by its name', async () => {
  const tenant = await start();
  const proxy = await startFaultyProxy(tenant.sandbox.url);
  proxy.script(({ method, path, turn }) =>
    method === 'POST' && path === '/v1/Contact' && turn === 1 ? 'lose-answer' : null,
  );
  const { username, password } = tenant.sandbox;
  const { left, points } = await probed({ url: proxy.url, username, password });
  const [lost, ...others] = left.filter(({ what }) => what !== 'Attachment');
  expect(others).toEqual([]);
  expect(lost).toMatchObject({ what: 'Contact', id: null, name: mark });
  expect(points.find(({ name }) => name === 'values-in-one-in')).toMatchObject({
    answer: null,
    evidence: expect.stringContaining('Not settled'),
  });
});
