import { afterEach, describe, expect, test } from 'vitest';
import type { ArchiveQuery } from '../../src/superoffice/archive.ts';
import { ArchiveReader } from '../../src/superoffice/archive-reader.ts';
import { askInBatches, inBatches } from '../../src/superoffice/batches.ts';
import { decodeValue } from '../../src/superoffice/encoded-value.ts';
import { SuperOfficeError } from '../../src/superoffice/error.ts';
import { isOneOf } from '../../src/superoffice/filter.ts';
import { openHttp } from './open-http.ts';
import { type Script, startServer } from './scripted-server.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

async function open(script: Script) {
  const server = await startServer(script);
  const { http } = await openHttp(server.root);
  cleanUp.push(server.close, () => http.close());
  return { log: server.log, archive: new ArchiveReader(http, '/Cust1/api', 41) };
}

const column = 'contactUdef/Siteshop:CompUserKey01';
const query: ArchiveQuery = {
  provider: 'SimpleContact',
  columns: ['contactId', column, 'category'],
  filter: isOneOf(column, ["O'Hara & Søn"]),
  orderBy: 'contactId',
  entities: 'contact',
};

function fullRow(id: number, key = `K${id}`) {
  return {
    PrimaryKey: id,
    EntityName: 'contact',
    Column: {
      contactId: { RawValue: id, DisplayValue: `[I:${id}]` },
      [column]: { RawValue: key, DisplayValue: key },
      category: { RawValue: 3, DisplayValue: 'US:"Vendor";NO:"Leverandør";' },
    },
  };
}

/** Answers like a server with so many records, whose ids count from 1. */
function manyRecords(count: number, pageLimit = 1000): Script {
  return request => {
    const after = Number(/contactId gt (\d+)$/.exec(request.query.get('$filter') ?? '')?.[1] ?? 0);
    const top = Math.min(Number(request.query.get('$top')), pageLimit);
    const ids = Array.from({ length: Math.max(0, Math.min(top, count - after)) }, (_, i) => after + i + 1);
    return { body: { value: ids.map(id => fullRow(id)) } };
  };
}

describe('a fresh query', () => {
  test('is never in the same words as one before, and asks the same', async () => {
    const { log, archive } = await open(() => ({ body: { value: [fullRow(25)] } }));
    await archive.read({ ...query, fresh: true });
    await archive.read({ ...query, fresh: true });
    expect(log.map(request => request.query.get('$filter'))).toEqual([
      `${query.filter} and contactId ne -42`,
      `${query.filter} and contactId ne -43`,
    ]);
  });
});

describe('one request', () => {
  test('asks in full mode and reads ids and texts', async () => {
    const { log, archive } = await open(() => ({ body: { value: [fullRow(25, "O'Hara & Søn")] } }));
    const rows = await archive.read(query);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ method: 'GET', path: '/v1/Archive/SimpleContact' });
    expect(Object.fromEntries(log[0]?.query ?? [])).toEqual({
      $select: `contactId,${column},category`,
      $filter: `${column} in ('O\\'Hara & Søn')`,
      $orderBy: 'contactId asc',
      $entities: 'contact',
      $top: '1000',
      $mode: 'Full',
    });
    expect(rows).toMatchObject([{ primaryKey: 25, entity: 'contact' }]);
    expect(['contactId', column, 'category', 'name'].map(name => rows[0]?.cells.get(name))).toEqual([
      { raw: 25, display: '25' },
      { raw: "O'Hara & Søn", display: "O'Hara & Søn" },
      { raw: 3, display: 'US:"Vendor";NO:"Leverandør";' },
      undefined,
    ]);
  });

  test('reads columns that come back in another letter case, and leaves absent ones empty', async () => {
    const row = {
      PrimaryKey: '4',
      EntityName: 'contact',
      Column: { CONTACTID: { RawValue: 4, DisplayValue: '4' } },
    };
    const { archive } = await open(() => ({ body: { value: [row] } }));
    const [first] = await archive.read(query);
    expect(first?.primaryKey).toBe(4);
    expect(first?.cells.get('contactId')).toEqual({ raw: 4, display: '4' });
    expect(first?.cells.get('category')).toEqual({ raw: null, display: '' });
  });

  test('an answer without rows is an error, not "no such record"', async () => {
    const { archive } = await open(() => ({ body: { error: 'odd' } }));
    await expect(archive.read(query)).rejects.toThrow('without rows');
  });
});

describe('pages', () => {
  const all: ArchiveQuery = { ...query, filter: 'contactId gt 0 or category oneOf (3)' };

  test('by key, until nothing comes back', async () => {
    const { log, archive } = await open(manyRecords(2_300));
    const rows = await archive.read(all);
    expect(rows.map(row => row.primaryKey)).toEqual(Array.from({ length: 2_300 }, (_, i) => i + 1));
    expect(log.map(request => request.query.get('$filter')).slice(0, 2)).toEqual([
      'contactId gt 0 or category oneOf (3)',
      '(contactId gt 0 or category oneOf (3)) and contactId gt 1000',
    ]);
    expect(log).toHaveLength(4);
    expect(log.every(request => !request.query.has('$skip'))).toBe(true);
  });

  test('a server that answers fewer than asked for loses nothing', async () => {
    const { archive } = await open(manyRecords(95, 20));
    expect(await archive.read(all)).toHaveLength(95);
  });

  test('a list of keys needs no second request, unless the server itself speaks of more', async () => {
    const { log, archive } = await open((_request, turn) => ({
      body: { 'odata.nextLink': turn === 1 ? null : '', value: [fullRow(turn)] },
    }));
    await archive.read(query);
    expect(log).toHaveLength(1);
    const paged = await open((_request, turn) => ({
      body: {
        'odata.nextLink': turn === 1 ? 'https://elsewhere/' : null,
        value: turn < 3 ? [fullRow(turn)] : [],
      },
    }));
    expect(await paged.archive.read(query)).toHaveLength(2);
    expect(paged.log).toHaveLength(2);
  });

  test('a server that takes no notice of the key does not turn us in a circle', async () => {
    const { log, archive } = await open(() => ({ body: { value: [fullRow(1), fullRow(2)] } }));
    await expect(archive.read(all)).rejects.toThrow('the same page again');
    expect(log).toHaveLength(2);
  });

  test('top is a limit', async () => {
    const { log, archive } = await open(manyRecords(5_000));
    expect(await archive.read({ ...all, top: 1_500 })).toHaveLength(1_500);
    expect(log.map(request => request.query.get('$top'))).toEqual(['1000', '500']);
  });

  test('rows of one record count once', async () => {
    const { archive } = await open(() => ({ body: { value: [fullRow(1), fullRow(1), fullRow(2)] } }));
    expect(await archive.read(query)).toHaveLength(2);
  });

  test('in provider dynamic rows multiply, and no page cuts a record in two', async () => {
    const perRecord = 7;
    const records = 400;
    const { archive } = await open(request => {
      const after = Number(/gt (\d+)$/.exec(request.query.get('$filter') ?? '')?.[1] ?? 0);
      const rows = Array.from({ length: records * perRecord }, (_, i) => 1 + Math.floor(i / perRecord));
      const page = rows.filter(id => id > after).slice(0, Number(request.query.get('$top')));
      return { body: { value: page.map(id => ({ PrimaryKey: id, EntityName: 'contact', Column: {} })) } };
    });
    const rows = await archive.read({
      provider: 'dynamic',
      columns: ['contact.contact_id', 'contact.(email->contact_id).email_address'],
      filter: 'contact.contact_id in (1,2)',
      orderBy: 'contact.contact_id',
    });
    expect(rows).toHaveLength(records * perRecord);
  });
});

describe('long queries', () => {
  const keys = Array.from({ length: 90 }, (_, i) => `LONG-USER-KEY-NUMBER-${i}-Å`);
  const long: ArchiveQuery = { ...query, filter: isOneOf(column, keys) };

  test('go by POST as a form with the same options', async () => {
    const { log, archive } = await open(() => ({ body: { value: [fullRow(1)] } }));
    expect(await archive.read(long)).toHaveLength(1);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ method: 'POST', path: '/v1/Archive/SimpleContact' });
    const form = new URLSearchParams(log[0]?.body);
    expect(form.get('$filter')).toBe(long.filter);
    expect(form.get('$mode')).toBe('Full');
  });

  test.each([404, 405])('go to the agent where POST is unknown (%i), and stay there', async status => {
    const { log, archive } = await open(request =>
      request.path.startsWith('/v1/Archive/')
        ? { status, body: { Message: 'No HTTP resource was found' } }
        : {
            body: [
              {
                EntityName: 'contact',
                PrimaryKey: 25,
                ColumnData: {
                  contactId: { DisplayValue: '[I:25]' },
                  [column]: { DisplayValue: 'K1' },
                  category: { DisplayValue: 'US:"Vendor"' },
                },
              },
            ],
          },
    );
    const [row] = await archive.read(long);
    await archive.read(long);
    expect(log.map(request => request.path)).toEqual([
      '/v1/Archive/SimpleContact',
      '/v1/Agents/Archive/GetArchiveListByColumns2',
      '/v1/Agents/Archive/GetArchiveListByColumns2',
    ]);
    expect(JSON.parse(log[1]?.body ?? '')).toEqual({
      ProviderName: 'SimpleContact',
      Columns: `contactId,${column},category`,
      SortOrder: 'contactId asc',
      Restrictions: long.filter,
      Entities: 'contact',
      Page: 0,
      PageSize: 1000,
    });
    expect(row?.primaryKey).toBe(25);
    expect(['contactId', column, 'category'].map(name => row?.cells.get(name))).toEqual([
      { raw: 25, display: '25' },
      { raw: null, display: 'K1' },
      { raw: null, display: 'US:"Vendor"' },
    ]);
  });
});

test.each([
  ['[I:25]', 25, '25'],
  ['[I:-1]', -1, '-1'],
  ['[F:4.43]', 4.43, '4.43'],
  ['[M:123.45]', 123.45, '123.45'],
  ['[TS:500]', 500, '500'],
  ['[A:3,4,5]', '3,4,5', '3,4,5'],
  ['[T:14:52]', '14:52', '14:52'],
  ['[D:11/30/2011]', '2011-11-30T00:00:00', '2011-11-30T00:00:00'],
  ['[D:01/01/0001 00:00:00.0000000]', '0001-01-01T00:00:00', '0001-01-01T00:00:00'],
  ['[DT:11/23/2023 14:00:00.0000000]', '2023-11-23T14:00:00', '2023-11-23T14:00:00'],
  ['[D:09.11.2017]', null, '[D:09.11.2017]'],
  ['[I:]', null, '[I:]'],
  ['[I:abc]', null, '[I:abc]'],
  ['[SR_TEXT]', null, '[SR_TEXT]'],
  ['[Urgent]: call', null, '[Urgent]: call'],
  ['', null, ''],
])('decodeValue(%j)', (encoded, raw, text) => {
  expect(decodeValue(encoded)).toEqual({ raw, text });
});

describe('batches', () => {
  const refusal = (status: number): SuperOfficeError =>
    new SuperOfficeError('no', {
      status,
      request: 'GET /',
      scope: status === 503 ? 'tenant' : 'row',
      hint: '',
    });

  test('are cut to size', () => {
    expect(inBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inBatches([], 2)).toEqual([]);
  });

  test('a poisoned value does not take the others with it', async () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    let asked = 0;
    const result = await askInBatches(values, 50, async batch => {
      asked++;
      if (batch.includes(37)) throw refusal(500);
      return batch;
    });
    expect(result.answers.toSorted((a, b) => a - b)).toEqual(values.filter(value => value !== 37));
    expect(result.refused.map(({ value }) => value)).toEqual([37]);
    expect(asked).toBeLessThan(20);
  });

  test('a batch that is too large is halved', async () => {
    const result = await askInBatches([1, 2, 3, 4, 5, 6, 7], 7, async batch => {
      if (batch.length > 2) throw refusal(400);
      return batch;
    });
    expect(result).toEqual({ answers: [1, 2, 3, 4, 5, 6, 7], refused: [] });
  });

  test('a wrong question is not asked a hundred times', async () => {
    let asked = 0;
    const all = askInBatches(
      Array.from({ length: 100 }, (_, i) => i),
      100,
      async () => {
        asked++;
        throw refusal(400);
      },
    );
    await expect(all).rejects.toThrow('no');
    expect(asked).toBe(3);
  });

  test('maintenance is not a matter of size', async () => {
    let asked = 0;
    const all = askInBatches([1, 2, 3], 3, async () => {
      asked++;
      throw refusal(503);
    });
    await expect(all).rejects.toThrow('no');
    expect(asked).toBe(1);
  });
});
