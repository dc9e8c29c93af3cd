import { describe, expect, onTestFinished, test } from 'vitest';
import type { ArchiveQuery, ArchiveRow } from '../../src/superoffice/archive.ts';
import { ArchiveReader } from '../../src/superoffice/archive-reader.ts';
import { isOneOf, isOneOfList } from '../../src/superoffice/filter.ts';
import { openHttp } from './open-http.ts';
import { type LoggedRequest, type Script, startServer } from './scripted-server.ts';

async function open(script: Script) {
  const server = await startServer(script);
  const { http } = await openHttp(server.root);
  onTestFinished(async () => {
    await http.close();
    await server.close();
  });
  return { log: server.log, archive: new ArchiveReader(http, '/Cust1/api', 41) };
}

const all: ArchiveQuery = {
  provider: 'SimpleContact',
  columns: ['contactId'],
  filter: 'contactId gt 0',
  orderBy: 'contactId',
};

function rowOf(id: number) {
  return {
    PrimaryKey: id,
    EntityName: 'contact',
    Column: { contactId: { RawValue: id, DisplayValue: `[I:${id}]` } },
  };
}

const rows = (...ids: number[]) => ({ body: { value: ids.map(rowOf) } });

/** Rows of a server that holds these ids and answers at most so many at a time. */
function holding(ids: readonly number[], limit = 1000): Script {
  return ({ query }) => {
    const after = Number(/ and contactId gt (\d+)$/.exec(query.get('$filter') ?? '')?.[1] ?? 0);
    const top = Math.min(Number(query.get('$top')), limit);
    return rows(...ids.filter(id => id > after).slice(0, top));
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const idsOf = (page: readonly ArchiveRow[]) => page.map(row => row.primaryKey);
const startsOf = (log: readonly LoggedRequest[]) =>
  log.map(({ query }) => /contactId gt \d+$/.exec(query.get('$filter') ?? '')?.[0]);

async function pagesOf(archive: ArchiveReader, query: ArchiveQuery): Promise<number[][]> {
  const pages: number[][] = [];
  for await (const page of archive.pages(query)) pages.push(idsOf(page));
  return pages;
}

describe('pages', () => {
  test('are asked for when they are wanted, and not before', async () => {
    const { log, archive } = await open(holding(upTo(2_500)));
    const pages = archive.pages(all);
    expect(log).toHaveLength(0);
    for (const count of [1, 2, 3]) {
      await pages.next();
      expect(log).toHaveLength(count);
    }
    expect(await pages.next()).toEqual({ done: true, value: undefined });
    expect(startsOf(log)).toEqual([
      'contactId gt 0',
      'contactId gt 1000',
      'contactId gt 2000',
      'contactId gt 2500',
    ]);
  });

  test('a consumer that has enough ends them', async () => {
    const { log, archive } = await open(holding(upTo(2_500)));
    for await (const page of archive.pages(all)) if (page.length > 0) break;
    expect(log).toHaveLength(1);
  });

  test.each([
    [0, [], 1],
    [999, [999], 2],
    [1000, [1000], 2],
    [1001, [1000, 1], 3],
    [2000, [1000, 1000], 3],
  ])(
    '%i rows: the last page may be full, and the empty one after it is none',
    async (count, lengths, requests) => {
      const { log, archive } = await open(holding(upTo(count)));
      const pages = await pagesOf(archive, all);
      expect(pages.map(page => page.length)).toEqual(lengths);
      expect(pages.flat()).toEqual(upTo(count));
      expect(log).toHaveLength(requests);
    },
  );

  test('short pages are not taken for the last one', async () => {
    const ids = upTo(90).map(n => n * n);
    const { archive } = await open(holding(ids, 7));
    const pages = await pagesOf(archive, all);
    expect(pages).toHaveLength(13);
    expect(pages.flat()).toEqual(ids);
  });

  test('nor are they where any number of records has an item of the list', async () => {
    const { archive } = await open(holding(upTo(20), 7));
    const listed = { ...all, filter: isOneOfList('category', [3]) };
    expect((await pagesOf(archive, listed)).flat()).toEqual(upTo(20));
  });

  test('a list of keys is one page', async () => {
    const { log, archive } = await open(holding([5, 6]));
    expect(await pagesOf(archive, { ...all, filter: isOneOf('number', ['a', 'b']) })).toEqual([[5, 6]]);
    expect(log).toHaveLength(1);
  });

  test('top ends in the middle of a page', async () => {
    const { log, archive } = await open(holding(upTo(5_000)));
    const pages = await pagesOf(archive, { ...all, top: 1_001 });
    expect(pages.map(page => page.length)).toEqual([1000, 1]);
    expect(log.map(({ query }) => query.get('$top'))).toEqual(['1000', '1']);
    expect(await pagesOf(archive, { ...all, top: 0 })).toEqual([]);
  });

  test('a record counts once, within a page and across its end', async () => {
    const { archive } = await open((_, turn) =>
      turn === 1 ? rows(1, 1, 2, 3) : turn === 2 ? rows(2, 3, 4, 4) : rows(),
    );
    expect(await pagesOf(archive, all)).toEqual([[1, 2, 3], [4]]);
  });

  test('a page of repetitions is handed to nobody, and ends the run', async () => {
    const { archive } = await open(() => rows(1, 2));
    const pages = archive.pages(all);
    expect((await pages.next()).done).toBe(false);
    await expect(pages.next()).rejects.toThrow('the same page again');
  });

  test('a full page that does not come by key is no place to go on from', async () => {
    const { log, archive } = await open(() => rows(...upTo(1000).reverse()));
    await expect(archive.read(all)).rejects.toThrow('the rows did not come by contactId');
    expect(log).toHaveLength(1);
  });

  test('one with room left holds them all in any order', async () => {
    const { archive } = await open((_, turn) => (turn === 1 ? rows(3, 1, 2) : rows()));
    expect(await pagesOf(archive, all)).toEqual([[3, 1, 2]]);
  });
});

describe('a sorted query', () => {
  const sorted: ArchiveQuery = {
    ...all,
    sort: [
      { column: 'name', descending: true },
      { column: 'contactId', descending: false },
    ],
    top: 1000,
  };
  const long = isOneOf(
    'name',
    upTo(100).map(n => `A company with a long name ${n}`),
  );

  test('is one page, full or not, in the order of the server', async () => {
    const full = await open(() => rows(...upTo(1000).reverse()));
    expect(await pagesOf(full.archive, sorted)).toEqual([upTo(1000).reverse()]);
    expect(full.log).toHaveLength(1);
    expect(full.log[0]?.query.get('$orderBy')).toBe('name desc,contactId asc');
    const short = await open(() => rows(3, 1, 3));
    expect(await short.archive.read({ ...sorted, top: 5 })).toHaveLength(2);
    expect(short.log.map(({ query }) => query.get('$top'))).toEqual(['5']);
    expect(await short.archive.read({ ...sorted, top: 0 })).toEqual([]);
  });

  test('says so in a form and to the agent', async () => {
    const { log, archive } = await open(({ path }, turn) =>
      path.startsWith('/v1/Archive/') && turn > 1
        ? { status: 404, body: {} }
        : turn === 1
          ? rows()
          : { body: [] },
    );
    await archive.read({ ...sorted, filter: long });
    await archive.read({ ...sorted, filter: long });
    expect(log.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
    expect(new URLSearchParams(log[0]?.body).get('$orderBy')).toBe('name desc,contactId asc');
    expect(JSON.parse(log[2]?.body ?? '')).toMatchObject({ SortOrder: 'name desc,contactId asc' });
  });

  test.each([undefined, 1001])('of %s rows is a mistake of ours', async top => {
    const { top: _, ...unlimited } = sorted;
    const { log, archive } = await open(() => rows());
    await expect(archive.read(top === undefined ? unlimited : { ...sorted, top })).rejects.toThrow(
      'one page',
    );
    expect(log).toHaveLength(0);
  });
});

describe('times with a zone', () => {
  const zone = 'UTC, includeTZOffset';
  const stamped: ArchiveQuery = { ...all, columns: ['contactId', 'updatedDate'], utcStamps: true };

  test('are asked for by a header, which other queries do not send', async () => {
    const { log, archive } = await open(() => rows());
    await archive.read(stamped);
    await archive.read(all);
    expect(log.map(({ headers }) => headers['so-timezone'])).toEqual([zone, undefined]);
  });

  test('in a form and of the agent too', async () => {
    const { log, archive } = await open(({ path }) =>
      path.startsWith('/v1/Archive/') ? { status: 405, body: {} } : { body: [] },
    );
    const filter = isOneOf(
      'name',
      upTo(100).map(n => `A company with a long name ${n}`),
    );
    await archive.read({ ...stamped, filter });
    expect(log.map(({ path, headers }) => [path, headers['so-timezone']])).toEqual([
      ['/v1/Archive/SimpleContact', zone],
      ['/v1/Agents/Archive/GetArchiveListByColumns2', zone],
    ]);
  });

  test.each(['2026-01-31T07:00:00Z', '2026-01-31T08:00:00+01:00', '2026-01-31T08:00:00+0100'])(
    '%s stays as it is',
    async stamp => {
      const row = { ...rowOf(1), Column: { updatedDate: { RawValue: stamp, DisplayValue: '' } } };
      const { archive } = await open((_, turn) => ({ body: { value: turn === 1 ? [row] : [] } }));
      const [first] = await archive.read(stamped);
      expect(first?.cells.get('updatedDate')?.raw).toBe(stamp);
    },
  );
});
