import { afterEach, describe, expect, test } from 'vitest';
import { ArchiveReader } from '../../src/superoffice/archive-reader.ts';
import { ForeignKeys, type KeyRing } from '../../src/superoffice/foreign-keys.ts';
import { openHttp } from './open-http.ts';
import { type LoggedRequest, type ScriptedAnswer, startServer } from './scripted-server.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

/** What SuperOffice has of the application and its devices. */
interface Kept {
  app: boolean;
  readonly devices: Set<string>;
}

/** Done instead of what SuperOffice would do; `turn` counts requests of this method to this path, from 1. */
type Fault = (request: LoggedRequest, turn: number, kept: Kept) => ScriptedAnswer | null;

async function open(has: Partial<Kept> = {}, fault: Fault = () => null) {
  const kept: Kept = { app: false, devices: new Set(), ...has };
  const turns = new Map<string, number>();
  const server = await startServer(request => {
    const { method, path } = request;
    const turn = (turns.get(`${method} ${path}`) ?? 0) + 1;
    turns.set(`${method} ${path}`, turn);
    return fault(request, turn, kept) ?? answer(kept, method, path);
  });
  const { http } = await openHttp(server.root);
  cleanUp.push(server.close, () => http.close());
  return { keys: new ForeignKeys(http, new ArchiveReader(http, '/Cust1/api', 0)), log: server.log, kept };
}

const none: ScriptedAnswer = { status: 404, body: { Message: 'not found' } };

function answer(kept: Kept, method: string, path: string): ScriptedAnswer {
  const [, device] = /^\/v1\/ForeignApp\/sic\/([^/]+)\/\1(?:\/Key)?$/.exec(path) ?? [];
  if (path.endsWith('/Key')) {
    if (device === undefined || !kept.devices.has(device)) return none;
    return { body: { ForeignKeyId: 3 } };
  }
  if (device !== undefined) {
    if (method === 'POST') {
      if (!kept.app) return none;
      kept.devices.add(device);
    }
    return kept.devices.has(device) ? { body: { ForeignDeviceId: 2 } } : none;
  }
  if (method === 'POST') kept.app = true;
  return kept.app ? { body: { ForeignAppId: 1 } } : none;
}

const tickets: KeyRing = { device: '17PS01010001', keyName: 'TickUserKey01', table: 'ticket' };
const messages: KeyRing = { device: '17PS01010001', keyName: 'MessUserKey01', table: 'ej_message' };
const app = '/v1/ForeignApp/sic';
const device = `${app}/17PS01010001/17PS01010001`;

const asked = (log: readonly LoggedRequest[]): string[] => log.map(({ method, path }) => `${method} ${path}`);

describe('saving a key', () => {
  test('where application and device are there: asks once, then saves', async () => {
    const { keys, log } = await open({ app: true, devices: new Set([tickets.device]) });
    await keys.save(tickets, 12, 'T-1');
    await keys.save(messages, 13, 'M-1');
    expect(asked(log)).toEqual([`GET ${device}`, `PUT ${device}/Key`, `PUT ${device}/Key`]);
    expect(log.slice(1).map(({ body }) => JSON.parse(body))).toEqual([
      { Key: 'TickUserKey01', Value: 'T-1', RecordId: 12, TableName: 'ticket' },
      { Key: 'MessUserKey01', Value: 'M-1', RecordId: 13, TableName: 'ej_message' },
    ]);
  });

  test.each<[string, boolean, string[]]>([
    ['neither', false, [`GET ${device}`, `GET ${app}`, `POST ${app}`, `POST ${device}`]],
    ['only the application', true, [`GET ${device}`, `GET ${app}`, `POST ${device}`]],
  ])('where there is %s: makes what is missing', async (_, hasApp, made) => {
    const { keys, log } = await open({ app: hasApp });
    await keys.save(tickets, 12, 'T-1');
    expect(asked(log)).toEqual([...made, `PUT ${device}/Key`]);
  });

  test.each<[string, ScriptedAnswer]>([
    ['no body', { status: 204 }],
    ['null', { body: 'null' }],
    ['an id of 0', { body: { ForeignAppId: 0, ForeignDeviceId: 0 } }],
    ['404', none],
  ])('“there is none” may be told by %s', async (_, told) => {
    const { keys, log } = await open({}, ({ method }) => (method === 'GET' ? told : null));
    await keys.save(tickets, 12, 'T-1');
    expect(asked(log).slice(-3)).toEqual([`POST ${app}`, `POST ${device}`, `PUT ${device}/Key`]);
  });

  test('many at the same time make the device once', async () => {
    const { keys, log } = await open();
    await Promise.all(Array.from({ length: 20 }, (_, index) => keys.save(tickets, index + 1, `T-${index}`)));
    expect(asked(log).filter(line => !line.startsWith('PUT'))).toEqual([
      `GET ${device}`,
      `GET ${app}`,
      `POST ${app}`,
      `POST ${device}`,
    ]);
    const saved = log.filter(({ method }) => method === 'PUT').map(({ body }) => JSON.parse(body).Value);
    expect(new Set(saved).size).toBe(20);
  });

  test('every device is made for itself, whatever signs its name has', async () => {
    const { keys, log } = await open();
    await keys.save(tickets, 1, 'T-1');
    await keys.save({ ...tickets, device: 'Kunde & Søn/2' }, 2, 'T-1');
    const name = encodeURIComponent('Kunde & Søn/2');
    expect(asked(log).filter(line => line.startsWith('POST'))).toEqual([
      `POST ${app}`,
      `POST ${device}`,
      `POST ${app}/${name}/${name}`,
    ]);
    expect(asked(log).at(-1)).toBe(`PUT ${app}/${name}/${name}/Key`);
  });

  test('a failure is told to all who wait for it and is not remembered', async () => {
    const { keys, log } = await open({}, ({ method, path }, turn) =>
      method === 'POST' && path === app && turn === 1
        ? { status: 403, body: { ErrorType: 'SoSentryException', ErrorMessage: 'no right' } }
        : null,
    );
    const saves = await Promise.allSettled([keys.save(tickets, 1, 'T-1'), keys.save(tickets, 2, 'T-2')]);
    for (const save of saves) expect(String(save.status === 'rejected' && save.reason)).toContain('no right');
    expect(asked(log).filter(line => line.startsWith('PUT'))).toEqual([]);
    await keys.save(tickets, 1, 'T-1');
    expect(asked(log).at(-1)).toBe(`PUT ${device}/Key`);
  });

  test('a key whose answer was lost is saved again: the same key does no harm', async () => {
    const { keys, log } = await open({}, ({ path }, turn) =>
      path.endsWith('/Key') && turn < 3 ? { cut: 'before' } : null,
    );
    await keys.save(tickets, 12, 'T-1');
    expect(asked(log).slice(-3)).toEqual(Array.from({ length: 3 }, () => `PUT ${device}/Key`));
    expect(new Set(log.slice(-3).map(({ body }) => body)).size).toBe(1);
  });
});

describe('a lost answer about', () => {
  test.each([
    ['the application', app],
    ['the device', device],
  ])('%s: what was made is found and not made again', async (_, lost) => {
    const { keys, log } = await open({}, ({ method, path }, turn, kept) => {
      if (method !== 'POST' || path !== lost || turn > 1) return null;
      answer(kept, method, path);
      return { cut: 'before' };
    });
    await keys.save(tickets, 12, 'T-1');
    expect(asked(log).filter(line => line === `POST ${lost}`)).toHaveLength(1);
    expect(asked(log).at(-1)).toBe(`PUT ${device}/Key`);
  });

  test.each([
    ['the application', app],
    ['the device', device],
  ])('%s that was not made: told as lost, and made by the next who needs it', async (_, lost) => {
    const { keys, log } = await open({}, ({ method, path }, turn) =>
      method === 'POST' && path === lost && turn === 1 ? { cut: 'before' } : null,
    );
    await expect(keys.save(tickets, 12, 'T-1')).rejects.toMatchObject({
      lost: true,
      request: `POST ${lost}`,
    });
    expect(asked(log).at(-1)).toBe(`GET ${lost}`);
    await keys.save(tickets, 12, 'T-1');
    expect(asked(log).at(-1)).toBe(`PUT ${device}/Key`);
  });

  test('nothing else: a refusal to tell whether the device is there is a refusal', async () => {
    const { keys, log } = await open({}, ({ method }) =>
      method === 'GET' ? { status: 403, body: { Message: 'not allowed' } } : null,
    );
    await expect(keys.save(tickets, 12, 'T-1')).rejects.toMatchObject({ status: 403 });
    expect(asked(log)).toEqual([`GET ${device}`]);
  });
});

describe('looking keys up', () => {
  const row = (id: number, value: string, recordId: unknown) => ({
    PrimaryKey: id,
    EntityName: 'foreignkey',
    Column: {
      keyId: { RawValue: id, DisplayValue: String(id) },
      keyValue: { RawValue: value, DisplayValue: value },
      recordId: { RawValue: recordId, DisplayValue: String(recordId) },
    },
  });

  test.each<[string, (keys: ForeignKeys) => Promise<unknown>, string]>([
    [
      'by their values',
      keys => keys.withValues(tickets, ['T-1', "O'Hara"]),
      String.raw`keyValue in ('T-1','O\'Hara')`,
    ],
    ['by their records', keys => keys.ofRecords(tickets, [12, 13]), 'recordId in (12,13)'],
  ])('%s: one request, limited to the application, the device and the name', async (_, look, which) => {
    const { keys, log } = await open({}, () => ({
      body: { value: [row(1, 'T-1', 12), row(2, "O'Hara", '13')] },
    }));
    expect(await look(keys)).toEqual([
      { value: 'T-1', recordId: 12 },
      { value: "O'Hara", recordId: 13 },
    ]);
    expect(asked(log)).toEqual(['GET /v1/Archive/ForeignKeys']);
    expect(log[0]?.query.get('$filter')).toContain(
      `${which} and appName is 'sic' and deviceIdentifier is '17PS01010001' and keyName is 'TickUserKey01'`,
    );
  });

  test('makes nothing, whatever is missing', async () => {
    const { keys, log } = await open({}, () => ({ body: { value: [] } }));
    expect(await keys.withValues(messages, ['M-1'])).toEqual([]);
    expect(log.map(({ method }) => method)).toEqual(['GET']);
  });

  test('asks anew each time, in words no cache has heard', async () => {
    const { keys, log } = await open({}, () => ({ body: { value: [] } }));
    await keys.withValues(tickets, ['T-1']);
    await keys.withValues(tickets, ['T-1']);
    expect(new Set(log.map(({ query }) => query.get('$filter'))).size).toBe(2);
  });
});
