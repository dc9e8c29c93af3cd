import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Datatype } from '../../src/datatypes/datatype.ts';
import { datatypes } from '../../src/datatypes/index.ts';
import { defaultFieldNames, keyField } from '../../src/datatypes/udef.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/server.ts';
import { connect } from '../../src/superoffice/connect.ts';
import { equalsNumber } from '../../src/superoffice/filter.ts';
import type { SuperOffice } from '../../src/superoffice/superoffice.ts';
import type { Upload } from '../../src/superoffice/transport.ts';

let sandbox: RunningSandbox;
let superoffice: SuperOffice;
const notes: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
  superoffice = await connect({
    root: sandbox.url,
    authorization: `Basic ${Buffer.from(`${sandbox.username}:${sandbox.password}`).toString('base64')}`,
    rate: 0,
    concurrency: 8,
    env: {},
    note: text => notes.push(text),
    signal: new AbortController().signal,
  });
});

afterAll(async () => {
  await superoffice?.close();
  await sandbox?.close();
});

const newTicket = (title: string) => superoffice.create('Ticket', { Title: title });

async function newMessage(): Promise<number> {
  const { id } = await newTicket('Parent');
  return (await superoffice.create('TicketMessage', { Ticket: { TicketId: id }, Body: 'Hei' })).id;
}

function fileOf(bytes: Buffer): Upload {
  return { size: bytes.length, open: () => Readable.from([bytes]) };
}

async function bytesFrom(
  read: (receive: (body: AsyncIterable<Uint8Array>) => Promise<void>) => Promise<void>,
) {
  const pieces: Uint8Array[] = [];
  await read(async body => {
    for await (const piece of body) pieces.push(piece);
  });
  return Buffer.concat(pieces);
}

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 256));

test('a document takes a file, gives the same bytes back, and takes another in its place', async () => {
  const { id, name } = await superoffice.create('Document', { Name: 'offer.pdf', Header: 'Offer' });
  expect(name).not.toBe('');
  const { contents } = superoffice;
  await contents.putDocument(id, fileOf(bytes));
  expect(await contents.documentLength(id)).toBe(bytes.length);
  expect((await bytesFrom(receive => contents.readDocument(id, receive))).equals(bytes)).toBe(true);
  await contents.putDocument(id, fileOf(Buffer.from('short')));
  expect(await contents.documentLength(id)).toBe(5);
  expect((await bytesFrom(receive => contents.readDocument(id, receive))).toString()).toBe('short');
});

test('attachments hang on their message, with their bytes', async () => {
  const { contents } = superoffice;
  const message = await newMessage();
  const ids = [
    await contents.addAttachment('a.pdf', 'application/pdf', fileOf(bytes)),
    await contents.addAttachment('å.txt', 'text/plain', fileOf(Buffer.from('hei'))),
  ];
  expect(await contents.attachmentsOf(message)).toEqual([]);
  await contents.attach(message, ids);
  const found = await contents.attachmentsOf(message);
  expect(found.map(({ name, size }) => [name, size])).toEqual([
    ['a.pdf', bytes.length],
    ['å.txt', 3],
  ]);
  expect((await bytesFrom(receive => contents.readAttachment(ids[0] ?? 0, receive))).equals(bytes)).toBe(
    true,
  );
});

describe('foreign keys', () => {
  const ring = (device: string) => ({ device, keyName: 'TickUserKey01', table: 'ticket' });

  test('find their records, and belong to one device', async () => {
    const { foreignKeys } = superoffice;
    const saved = await Promise.all(
      ["T-1 O'Hara", 'T-2', 'Æ-3'].map(async key => {
        const { id } = await newTicket(key);
        await foreignKeys.save(ring('17PS'), id, key);
        return { value: key, recordId: id };
      }),
    );
    const inOrder = <T extends { recordId: number }>(keys: readonly T[]) =>
      keys.toSorted((a, b) => a.recordId - b.recordId);
    const values = saved.map(({ value }) => value);
    expect(inOrder(await foreignKeys.withValues(ring('17PS'), values))).toEqual(inOrder(saved));
    expect(await foreignKeys.withValues(ring('17PS'), ['T-9'])).toEqual([]);
    expect(await foreignKeys.withValues(ring('other'), values)).toEqual([]);
    expect(await foreignKeys.withValues({ ...ring('17PS'), keyName: 'MessUserKey01' }, values)).toEqual([]);
    const ids = saved.map(({ recordId }) => recordId);
    expect(inOrder(await foreignKeys.ofRecords(ring('17PS'), ids))).toEqual(inOrder(saved));
  });

  test('saved twice are there once', async () => {
    const { foreignKeys } = superoffice;
    const { id } = await newTicket('Twice');
    await foreignKeys.save(ring('17PS'), id, 'T-twice');
    await foreignKeys.save(ring('17PS'), id, 'T-twice');
    expect(await foreignKeys.ofRecords(ring('17PS'), [id])).toEqual([{ value: 'T-twice', recordId: id }]);
  });
});

test('tags: found and added without regard to letter case, once', async () => {
  const tags = await superoffice.list('tags');
  expect(tags.find('vip')?.name).toBe('VIP');
  const before = superoffice.requests.write;
  const added = await Promise.all(['Urgent', 'urgent', 'URGENT'].map(name => tags.add(name)));
  expect(new Set(added.map(({ id }) => id)).size).toBe(1);
  expect(superoffice.requests.write - before).toBe(1);
});

test('categories of requests are known by their path', async () => {
  const { items, find } = await superoffice.list('TicketCategory').then(list => ({
    items: list.items,
    find: (name: string) => list.find(name),
  }));
  const deep = items.find(({ leaf, name }) => leaf !== null && leaf !== name);
  expect(deep?.name).toContain('/');
  expect(find(deep?.name ?? '')?.id).toBe(deep?.id);
});

test('every type of sale has stages of its own', async () => {
  const types = (await superoffice.list('SaleType')).items.filter(({ deleted }) => !deleted);
  const stages = await Promise.all(types.map(({ id }) => superoffice.saleStages(id)));
  const rating = await superoffice.list('Rating');
  for (const { id, probability } of stages.flat()) {
    expect(rating.byId(id)).not.toBeNull();
    expect(probability).toBeGreaterThanOrEqual(0);
  }
  expect(new Set(stages.map(each => each.map(({ id }) => id).join())).size).toBeGreaterThan(1);
});

test('extra fields of requests and messages', async () => {
  expect((await superoffice.udefs('Ticket')).get('x_tickuserkey01')).toMatchObject({ type: 'ShortText' });
  expect((await superoffice.udefs('TicketMessage')).get('x_messuserkey01')).toMatchObject({
    type: 'ShortText',
  });
});

describe('every place the catalogue reads is one that SuperOffice knows', () => {
  const bodies: Readonly<Record<Datatype['name'], () => Promise<object>>> = {
    Company: async () => ({ Name: 'Acme' }),
    Person: async () => ({
      Lastname: 'Nordmann',
      Contact: { ContactId: (await superoffice.create('Contact', { Name: 'Acme' })).id },
    }),
    Project: async () => ({ Name: 'House' }),
    Sale: async () => ({ Heading: 'Boats' }),
    Appointment: async () => ({ Title: 'Meeting', StartDate: '2026-01-31T14:30:00' }),
    Document: async () => ({ Name: 'a.pdf', Header: 'A' }),
    Ticket: async () => ({ Title: 'Help' }),
    Message: async () => ({ Body: 'Hei', Ticket: { TicketId: (await newTicket('Help')).id } }),
  };

  test.each(datatypes.map(datatype => [datatype.name, datatype] as const))('%s', async (name, datatype) => {
    const { provider, entities, idColumn } = datatype.archive;
    const { id } = await superoffice.create(datatype.entity, { ...(await bodies[name]()) });
    const fields = [keyField(datatype, defaultFieldNames), ...datatype.fields];
    const columns = [
      ...new Set(fields.flatMap(({ slot }) => ('column' in slot ? [slot.column] : []))),
      idColumn,
    ];
    const [row] = await superoffice.archive({
      provider,
      entities,
      columns,
      filter: equalsNumber(idColumn, id),
      orderBy: idColumn,
    });
    expect(row?.primaryKey).toBe(id);
    // A column that is unknown is refused or not in the answer; a known one has a value, be it empty.
    expect(columns.filter(column => row?.cells.get(column)?.raw == null)).toEqual([]);

    const paths = fields.flatMap(({ slot }) => (slot.at === 'dynamic' ? [slot.path] : []));
    if (paths.length === 0) return;
    const main = datatype.entity.toLowerCase();
    const key = `${main}.${main}_id`;
    const [hidden] = await superoffice.archive({
      provider: 'dynamic',
      columns: [key, ...paths],
      filter: equalsNumber(key, id),
      orderBy: key,
    });
    expect(paths.filter(path => hidden?.cells.get(path)?.raw == null)).toEqual([]);
  });
});

test('nothing had to be tried again', () => expect(notes).toEqual([]));
