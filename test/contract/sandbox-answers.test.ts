import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/server.ts';
import { caller } from '../sandbox/server/talk.ts';
import { alwaysRefused, type Call, calls, typedListCalls, unkeptLists, unspecified } from './calls.ts';
import { faultsOf } from './schema-faults.ts';
import { bestMatch, matches, type Operation, readOperations } from './specification.ts';

const root = resolve(import.meta.dirname, '../..');
const specifications = resolve(root, '../shared/superoffice/openapi');
const isThere = existsSync(specifications);
if (!isThere)
  process.stderr.write(`Skipped: the sandbox's answers are not compared, ${specifications} is absent.\n`);

const operations = isThere ? readOperations(specifications) : [];
const typedLists = [
  ...new Set(operations.flatMap(({ path }) => /^\/v1\/List\/(\w+)\/Items$/.exec(path)?.[1] ?? [])),
];

function operationOf(method: string, address: string): Operation | undefined {
  return bestMatch(
    operations.filter(operation => operation.method === method),
    address,
  );
}

describe.runIf(isThere)('the sandbox answers as its OpenAPI documents say', () => {
  let sandbox: RunningSandbox;
  const remembered = new Map<string, number>();

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
  });
  afterAll(() => sandbox.close());

  /** Numbers that earlier answers gave; in a body a lone placeholder becomes a number. */
  function filled(text: string): string {
    return text
      .replace(/"\{(\w+)\}"/g, (whole, name: string) => String(remembered.get(name) ?? whole))
      .replace(/\{(\w+)\}/g, (whole, name: string) => String(remembered.get(name) ?? whole));
  }

  function remember({ remember: wanted }: Call, json: unknown): void {
    if (!wanted || typeof json !== 'object' || json === null) return;
    const [property, name] = wanted;
    const ids = Object.entries(json).filter(([key]) =>
      property === '*Id' ? /^(Id|\w+Id)$/.test(key) : key === property,
    );
    remembered.set(name, Number(ids[0]?.[1]));
  }

  async function faults(call: Call): Promise<string[]> {
    const address = filled(call.address);
    const operation = operationOf(call.method, address);
    if (!operation) return ['not in the documents'];
    const body = call.body === undefined ? {} : { body: filled(JSON.stringify(call.body)) };
    const reply = await caller(sandbox)(call.method, address, body);
    remember(call, reply.json);
    if (!operation.answers.has(reply.status))
      return [`status ${reply.status} is not documented: ${reply.text.slice(0, 200)}`];
    const schema = reply.status === 200 ? operation.answers.get(200) : undefined;
    if (!schema) return reply.status === 204 && reply.text !== '' ? ['204 with a body'] : [];
    if (call.documentedOtherwise !== undefined) return [];
    // Agents answer null for what is not there (reading.md, section 6.4).
    return faultsOf(schema, reply.json, operation.definitions);
  }

  it.each(calls.map(call => [`${call.method} ${call.address}`, call] as const))('%s', async (_, call) => {
    expect(await faults(call)).toEqual([]);
  });

  it.each(typedLists.filter(name => !unkeptLists.has(name)))('/v1/List/%s', async name => {
    const found: string[] = [];
    for (const call of typedListCalls(name)) {
      const specified = operations.some(
        ({ method, path }) =>
          method === call.method && matches(path, call.address) && path.startsWith(`/v1/List/${name}`),
      );
      if (!specified) continue;
      for (const fault of await faults(call)) found.push(`${call.method} ${call.address}: ${fault}`);
    }
    expect(found).toEqual([]);
  });

  it('a property that is missing, unknown or of another type is found', () => {
    const operation = operationOf('POST', '/v1/Agents/Associate/GetAssociate');
    const schema = operation?.answers.get(200) ?? {};
    const answer = { AssociateId: '5', Type: 'Friend', Deleted: null, CustomFields: { a: 1 }, Nick: '' };
    const found = faultsOf(schema, answer, operation?.definitions ?? {});
    expect(found).toEqual(
      expect.arrayContaining([
        'AssociateId: "5" instead of int32',
        expect.stringMatching(/^Type: "Friend" instead of one of Unknown, InternalAssociate/),
        'Deleted: null instead of boolean',
        'CustomFields.a: 1 instead of string',
        'Nick: not in the schema',
        'FullName: missing',
      ]),
    );
  });

  it('every route is called', async () => {
    const { json } = await caller(sandbox)('GET', '/v1', { headers: { accept: 'application/json' } });
    const routes = Object.entries(json as Record<string, Record<string, string>>).flatMap(([url, methods]) =>
      Object.keys(methods).map(method => ({ method, path: url.slice(`${sandbox.url}/api`.length) })),
    );
    const called = new Set<object>();
    for (const { method, address } of [...calls, ...typedLists.flatMap(typedListCalls)]) {
      const route = bestMatch(
        routes.filter(candidate => candidate.method === method),
        address,
      );
      if (route) called.add(route);
    }
    const uncalled = routes
      .filter(route => !called.has(route))
      .map(({ method, path }) => `${method} ${path}`);
    expect(uncalled.sort()).toEqual([...unspecified, ...alwaysRefused].sort());
  });
});
