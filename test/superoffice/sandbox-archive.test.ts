import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ahead } from '../../src/superoffice/ahead.ts';
import type { ArchiveCell, ArchiveQuery } from '../../src/superoffice/archive.ts';
import { findArchiveColumn } from '../../src/superoffice/archive-columns.ts';
import { connect } from '../../src/superoffice/connect.ts';
import {
  and,
  associateIsNoneOf,
  associateIsOneOf,
  beforeMoment,
  betweenDays,
  betweenNumbers,
  dayAfter,
  dayBefore,
  equalsNumber,
  equalsText,
  greaterThan,
  hasOneOf,
  isFlag,
  isNoneOfList,
  isNotNull,
  isOneOf,
  isOneOfList,
  lessThan,
  notBefore,
  or,
  unequalNumber,
} from '../../src/superoffice/filter.ts';
import { basicCredentials } from '../../src/superoffice/sign-in/credentials.ts';
import type { SuperOffice } from '../../src/superoffice/superoffice.ts';
import { Tenant } from '../sandbox/entities/tenant.ts';

const key = 'contactUdef/Siteshop:CompUserKey01';
const number = 'contactUdef/Siteshop:CompUserNum01';
const decimal = 'contactUdef/Siteshop:CompUserDec01';
const check = 'contactUdef/Siteshop:CompUserCheck01';
const day = 'contactUdef/Siteshop:CompUserDate01';
const anyDay = 'contactUdef/Siteshop:CompUserDate02';

function signIn(tenant: Tenant): Promise<SuperOffice> {
  const { url, username, password } = tenant.sandbox;
  return connect({
    credentials: basicCredentials(url, username, password),
    rate: 0,
    concurrency: 4,
    env: {},
    note: () => undefined,
    signal: new AbortController().signal,
  });
}

/** Companies A, B and C, and requests T and U with tags. */
async function fill(tenant: Tenant): Promise<void> {
  const company = (letter: string, body: Record<string, unknown>, custom: Record<string, string>) =>
    tenant.company({
      Name: letter,
      ...body,
      CustomFields: { 'Siteshop:CompUserKey01': `F-${letter}`, ...custom },
    });
  await company(
    'A',
    { Category: { Id: 1 }, Associate: { AssociateId: 2 }, OrgNr: 'NO 1', Xstop: true },
    {
      'Siteshop:CompUserNum01': '[I:5]',
      'Siteshop:CompUserDec01': '[F:1.5]',
      'Siteshop:CompUserCheck01': '[I:1]',
      'Siteshop:CompUserDate01': '[D:01/31/2026]',
      'Siteshop:CompUserDate02': '[D:06/19/1969]',
    },
  );
  await company(
    'B',
    { Category: { Id: 2 }, Associate: { AssociateId: 3 }, OrgNr: 'NO 2' },
    {
      'Siteshop:CompUserNum01': '[I:-3]',
      'Siteshop:CompUserDec01': '[F:2]',
      'Siteshop:CompUserDate01': '[D:02/28/2026]',
      'Siteshop:CompUserDate02': '[D:01/01/2020]',
    },
  );
  await company("C's", { Category: { Id: 3 }, Associate: { AssociateId: 2 } }, {});
  await tenant.json('POST', '/v1/Ticket', { Title: 'T', Tags: [{ Id: 1 }, { Id: 2 }] });
  await tenant.json('POST', '/v1/Ticket', { Title: 'U', Tags: [{ Id: 2 }] });
}

let tenant: Tenant;
let withoutPost: Tenant;
let superoffice: SuperOffice;
let agents: SuperOffice;

beforeAll(async () => {
  tenant = await Tenant.start();
  withoutPost = await Tenant.start({ 'post-archive-known': 'no' });
  await Promise.all([fill(tenant), fill(withoutPost)]);
  superoffice = await signIn(tenant);
  agents = await signIn(withoutPost);
});

afterAll(async () => {
  await Promise.all([superoffice?.close(), agents?.close()]);
  await Promise.all([tenant?.close(), withoutPost?.close()]);
});

const companies: ArchiveQuery = {
  provider: 'SimpleContact',
  entities: 'contact',
  columns: ['contactId', 'name', 'registeredDate'],
  filter: "name in ('A','B','C\\'s')",
  orderBy: 'contactId',
};

/** Matches the same, and does not fit an address. */
const long = isOneOf('name', [
  'A',
  'B',
  "C's",
  ...Array.from({ length: 90 }, (_, n) => `Nobody has so long a name ${n}`),
]);

/** Every way a query goes, and who is asked. */
const ways = [
  ['GET', () => superoffice, companies.filter],
  ['a form', () => superoffice, long],
  ['the agent', () => agents, long],
] as const;

async function shown(who: SuperOffice, query: ArchiveQuery, column = 'name'): Promise<string[]> {
  return (await who.archive(query)).map(({ cells }) => cells.get(column)?.display ?? '');
}

describe('filters', () => {
  test.each([
    [greaterThan(number, 4), 'A'],
    [lessThan(number, 5), "B,C's"],
    [lessThan(decimal, 1.6), "A,C's"],
    [equalsNumber(number, -3), 'B'],
    [unequalNumber(number, 5), "B,C's"],
    [betweenNumbers(number, -3, 4), "B,C's"],
    [betweenNumbers(decimal, 1.5, 1.75), 'A'],
    [equalsText('name', "C's"), "C's"],
    [isNotNull('orgnr'), 'A,B'],
    [isFlag('stop', true), 'A'],
    [isFlag('stop', false), "B,C's"],
    [isFlag(check, true), 'A'],
    [dayAfter(day, '2026-01-31'), 'B'],
    [dayBefore(day, '2026-02-28'), 'A'],
    [betweenDays(day, '2026-01-31', '2026-02-28'), 'A,B'],
    [betweenDays(anyDay, '1969-01-01', '1969-12-31'), 'A'],
    [dayBefore(anyDay, '1970-01-01'), 'A'],
    [dayAfter('registeredDate', '2026-01-01'), "A,B,C's"],
    [notBefore('registeredDate', '2026-01-01T00:00:00'), "A,B,C's"],
    [beforeMoment('registeredDate', '2026-01-01T00:00:00'), ''],
    [isOneOfList('category', [1, 3]), "A,C's"],
    [isNoneOfList('category', [1, 3]), 'B'],
    [associateIsOneOf('associateId', [2]), "A,C's"],
    [associateIsNoneOf('associateId', [2]), 'B'],
    [or(equalsNumber(number, 5), isOneOf(key, ['F-B'])), 'A,B'],
    [and(or(equalsNumber(number, 5), equalsNumber(number, -3)), isFlag('stop', false)), 'B'],
  ])('%s', async (filter, names) => {
    const found = await shown(superoffice, { ...companies, filter: and(companies.filter, filter) });
    expect(found.join()).toBe(names);
  });

  test.each([
    [hasOneOf('tags', [1, 9]), 'T'],
    [hasOneOf('tags', [2]), 'T,U'],
    [and(isOneOf('title', ['T', 'U']), beforeMoment('createdAt', '2026-01-01T00:00:00')), ''],
    [and(isOneOf('title', ['T', 'U']), notBefore('createdAt', '2026-01-01T00:00:00')), 'T,U'],
  ])('%s', async (filter, titles) => {
    const query = { provider: 'Ticket', columns: ['ticketId', 'title'], filter, orderBy: 'ticketId' };
    expect((await shown(superoffice, query, 'title')).join()).toBe(titles);
  });
});

describe.each(ways)('by %s', (_, who, filter) => {
  test('a page is sorted by several columns, up or down', async () => {
    const sorted = { ...companies, filter, columns: ['contactId', 'name', 'associateId'], top: 10 };
    const byUser = { column: 'associateId', descending: true };
    const byName = { column: 'name', descending: false };
    const down = await shown(who(), { ...sorted, sort: [byUser, { ...byName, descending: true }] });
    const up = await shown(who(), { ...sorted, sort: [{ ...byUser, descending: false }, byName] });
    expect(up).toEqual(down.toReversed());
    expect([up.toSorted(), up.indexOf("C's") - up.indexOf('A')]).toEqual([['A', 'B', "C's"], 1]);
    expect(await shown(who(), { ...sorted, sort: [{ ...byName, descending: true }], top: 2 })).toEqual([
      "C's",
      'B',
    ]);
  });

  test('rows come page by page in the order of their keys', async () => {
    const pages: number[][] = [];
    for await (const page of ahead(who().archivePages({ ...companies, filter }), 2))
      pages.push(page.map(row => row.primaryKey));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toEqual(pages[0]?.toSorted((a, b) => a - b));
  });
});

describe('stamps with a zone', () => {
  const stampOf = async (who: SuperOffice, query: ArchiveQuery): Promise<ArchiveCell | undefined> =>
    (await who.archive(query))[0]?.cells.get('registeredDate');

  test.each(ways.slice(0, 2))('%s', async (_, who, filter) => {
    const plain = await stampOf(who(), { ...companies, filter });
    const stamped = await stampOf(who(), { ...companies, filter, utcStamps: true });
    expect(plain?.raw).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(stamped?.raw).toBe(`${plain?.raw}Z`);
  });

  test('through the agent the header changes nothing: its notation has no place for a zone', async () => {
    const plain = await stampOf(agents, { ...companies, filter: long });
    const stamped = await stampOf(agents, { ...companies, filter: long, utcStamps: true });
    expect(plain?.raw).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(stamped).toEqual(plain);
  });

  test('a stamp that is none says so as well', async () => {
    const columns = ['contactId', 'updatedDate', 'deletedDate'];
    const [row] = await superoffice.archive({ ...companies, columns, utcStamps: true });
    expect(row?.cells.get('deletedDate')?.raw).toBe('0001-01-01T00:00:00Z');
  });
});

describe('columns', () => {
  test('of the record, of what belongs to it and of user-defined fields of both', async () => {
    const columns = await superoffice.archiveColumns('SimplePerson');
    const found = [
      'personId',
      'personUpdatedDate',
      'position',
      'email/emailAddress',
      'personUdef/Siteshop:PersUserList01',
      'personContact/contactUdef/Siteshop:CompUserCheck01',
    ].map(name => columns.get(name)?.restriction);
    expect(found).toEqual(['int', 'date', 'listAny', 'string', 'listAny', 'bool']);
    expect(columns.get('personUdef/Siteshop:PersUserList01')).toMatchObject({
      list: expect.stringMatching(/^udlist\d+$/),
      label: 'List 01',
      sortable: true,
    });
    expect(columns.get('personContact/name')?.restriction).toBe('stringorPK');
    expect(columns.get('birthdate')).toMatchObject({ restriction: '', sortable: false });
    expect(findArchiveColumn(columns, 'PERSONUDEF/siteshop:persuserkey01')?.name).toBe(
      'personUdef/Siteshop:PersUserKey01',
    );
    expect((await superoffice.archiveColumns('Ticket')).get('extra/x_tickuserkey01')?.restriction).toBe(
      'string',
    );
  });

  test('are read once', async () => {
    await superoffice.archiveColumns('SimpleSale');
    const before = superoffice.requests.total;
    await Promise.all([1, 2].map(() => superoffice.archiveColumns('SimpleSale')));
    expect(superoffice.requests.total).toBe(before);
  });

  test('of a provider that is not there are refused by name', async () => {
    await expect(superoffice.archiveColumns('FindPerson')).rejects.toThrow(
      "There is no archive provider 'FindPerson'",
    );
  });
});

test('a thousand rows are a full page and an empty one', async () => {
  const name = 'One of a thousand';
  await Promise.all(Array.from({ length: 1_000 }, () => superoffice.create('Contact', { Name: name })));
  const before = superoffice.requests.total;
  const lengths: number[] = [];
  const filter = equalsText('name', name);
  for await (const page of superoffice.archivePages({ ...companies, filter })) lengths.push(page.length);
  expect(lengths).toEqual([1_000]);
  expect(superoffice.requests.total - before).toBe(2);
});
