import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { csv, desk, stored, upsertsIn } from './bulk-practice.ts';

const numbers = Array.from({ length: 120 }, (_, index) => index + 1);

/** Rows as they are first, and as a messy file has them later: some change much, some little, some nothing. */
function company(n: number, later: boolean): Record<string, string> {
  const key = `BULK-${String(n).padStart(4, '0')}`;
  const moved = later && n % 7 !== 0;
  return {
    CompUserKey01: key,
    Name: later && n % 35 === 1 ? `Renamed ${n}` : `Bulk ${n}`,
    Department: moved ? `North ${n}` : `South ${n}`,
    OrgNo: `NO${n}`,
    Category: later && n % 40 === 2 ? 'Partner' : 'Customer',
    CountryName: moved ? 'Denmark' : 'Norway',
    StreetAddress1: moved ? `Gate ${n}; "inn"` : `Vei ${n}`,
    StreetZipcode: '2800',
    StreetCity: 'Lyngby',
    PostalCity: moved ? 'Århus' : '',
    Phone1: n % 3 === 0 ? '' : moved ? `+45 12 34 5${n}` : `+47 22 11 0${n}`,
    Phone2: moved && n % 3 !== 0 ? `00 45 ${n}` : '',
    Email1: moved ? `post${n}@fjord.example` : `info${n}@fjord.example`,
    Url1: moved ? `https://fjord.example/${n}` : '',
    NoMailing: moved ? 'TRUE' : 'FALSE',
    CompUserText01: moved ? `text ${n} æøå` : `before ${n}`,
    CompUserNum01: moved ? String(n) : '0',
  };
}

function person(n: number, later: boolean): Record<string, string> {
  const moved = later && n % 6 !== 0;
  return {
    PersUserKey01: `BULK-P${n}`,
    CompUserKey01: `BULK-${String((later && n % 50 === 3 ? n + 1 : n) % 120 || 1).padStart(4, '0')}`,
    Firstname: moved ? `Kari ${n}` : `Ola ${n}`,
    Lastname: moved && n % 2 ? 'Dahl' : 'Lie',
    Title: moved ? 'Boss' : '',
    BirthDate: moved ? '1980-02-29' : n % 2 ? '1970-01-01' : '',
    StreetAddress1: moved ? `Gate ${n}` : '',
    MobilePhone1: moved ? `99 88 77 ${n}` : `11 22 33 ${n}`,
    Email1: moved ? `kari${n}@fjord.example` : `ola${n}@fjord.example`,
    Retired: moved && n % 5 === 0 ? 'TRUE' : 'FALSE',
  };
}

/** What the table of phones holds: whose, of which kind, in which order, and how each is searched for. */
async function phonesOf(tenant: Tenant): Promise<unknown[]> {
  const columns = ['owner_id', 'ptype_idx', 'rank', 'phone', 'description', 'searchPhoneNumber'];
  const query = new URLSearchParams({
    $select: columns.map(column => `phone.${column}`).join(','),
    $filter: 'phone.owner_id > 0',
    $top: '5000',
  });
  const { value } = await tenant.ask<{ value: Record<string, unknown>[] }>(
    'GET',
    `/v1/Archive/dynamic?${query}`,
  );
  return value.map(row => JSON.stringify(columns.map(column => row[`phone.${column}`]))).sort();
}

type Records = ReadonlyMap<string, Record<string, unknown>>;

/** Properties that are not the same: few words where two tenants differ much. */
function differences(some: Records, others: Records): unknown[] {
  return [...new Set([...some.keys(), ...others.keys()])].flatMap(key => {
    const [one, other] = [some.get(key) ?? {}, others.get(key) ?? {}];
    return Object.keys({ ...one, ...other })
      .filter(property => JSON.stringify(one[property]) !== JSON.stringify(other[property]))
      .map(property => [key, property, one[property], other[property]]);
  });
}

describe('bulk and entity', () => {
  let tenants: readonly Tenant[];
  beforeAll(async () => {
    tenants = await Promise.all([startTenant(), startTenant()]);
  });
  afterAll(() => Promise.all(tenants.map(tenant => tenant.close())));

  test('leave the same records behind', { timeout: 60_000 }, async () => {
    const [bulk, entity] = await Promise.all(
      (['bulk', 'entity'] as const).map(async (strategy, index) => {
        const tenant = tenants[index] as Tenant;
        const { place, proxy, imports } = await desk(tenant);
        await place.write('companies.csv', csv(numbers.map(n => company(n, false))));
        await place.write('persons.csv', csv(numbers.map(n => person(n, false))));
        // One after the other, so that both tenants give the same ids.
        await imports('companies.csv', ['--concurrency', '1']);
        await imports('persons.csv', ['--concurrency', '1']);
        await place.write('companies.csv', csv(numbers.map(n => company(n, true))));
        await place.write('persons.csv', csv(numbers.map(n => person(n, true))));
        const flags = ['--strategy', strategy, '--max-changes', '100%', '--rows'];
        const companies = await imports('companies.csv', flags);
        const persons = await imports('persons.csv', flags);
        return {
          companies,
          persons,
          upserts: upsertsIn(proxy),
          phones: await phonesOf(tenant),
          contacts: await stored(tenant, 'Contact', 'CompUserKey01', 'BULK-'),
          people: await stored(tenant, 'Person', 'PersUserKey01', 'BULK-'),
        };
      }),
    );
    if (!bulk || !entity) throw new Error('no runs');
    expect(entity.upserts).toEqual([]);
    expect(bulk.contacts.size).toBe(120);
    expect(bulk.phones.length).toBeGreaterThan(200);
    expect(bulk.phones).toEqual(entity.phones);
    expect(differences(bulk.contacts, entity.contacts)).toEqual([]);
    expect(differences(bulk.people, entity.people)).toEqual([]);
    expect(bulk.companies.counts).toEqual(entity.companies.counts);
    expect(bulk.companies.rows).toEqual(entity.companies.rows);
    expect(bulk.persons.rows).toEqual(entity.persons.rows);
    expect(bulk.companies.bulkRows).toBeGreaterThan(90);
    expect(bulk.persons.bulkRows).toBeGreaterThan(90);
    for (const { NomatchAction, ReturnRowStatus, Data } of bulk.upserts) {
      expect(NomatchAction).toBe('NoChange');
      expect(ReturnRowStatus).toBe(true);
      expect(Data.length).toBeLessThanOrEqual(500);
    }
  });
});
