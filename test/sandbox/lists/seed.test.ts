import { expect, test } from 'vitest';
import { listTables } from '../../../src/sandbox/lists/tables.ts';
import { variantsOf } from '../../../src/sandbox/lists/text.ts';
import { seedDemo } from '../../../src/sandbox/seed/demo.ts';
import { seedEmpty } from '../../../src/sandbox/seed/empty.ts';
import { Database, udefOwners } from '../../../src/sandbox/store/database.ts';

function demo(): Database {
  const database = new Database();
  seedDemo(database);
  return database;
}

test('two fresh installations are alike', () => {
  const rows = (database: Database) =>
    [...database.tables].map(([name, table]) => [name, [...table.rows.values()]]);
  expect(rows(demo())).toEqual(rows(demo()));
});

test('every country has names and codes of the right shape, none twice', () => {
  const countries = [...demo().table('country').rows.values()];
  expect(countries).toHaveLength(249);
  for (const country of countries) {
    expect(country.two_letter_iso).toMatch(/^[A-Z]{2}$/);
    expect(country.three_letter_iso).toMatch(/^[A-Z]{3}$/);
    expect(country.domain_name).toMatch(/^[a-z]{2}$/);
    expect(country.dial_in_prefix).toMatch(/^\d{1,4}$/);
    expect(country.zip_prefix).toMatch(/^([A-Z]{1,3}-)?$/);
    expect(String(country.english_name).length).toBeLessThanOrEqual(39);
    const variants = variantsOf(String(country.name));
    expect(variants?.get('US') ?? country.name).toBe(country.english_name);
  }
  for (const column of ['name', 'english_name', 'two_letter_iso', 'three_letter_iso', 'domain_name']) {
    const values = countries.map(country => country[column]);
    expect(new Set(values).size, column).toBe(values.length);
  }
  const prefixes = countries.map(country => country.zip_prefix).filter(prefix => prefix !== '');
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

test('Nordic countries carry prefix, currency and names in the languages of the region', () => {
  const database = demo();
  const denmark = database.table('country').get(208);
  expect(denmark).toMatchObject({
    english_name: 'Denmark',
    zip_prefix: 'DK-',
    dial_in_prefix: '45',
    rank: 2,
    deleted: 0,
  });
  expect(database.table('currency').get(Number(denmark?.currency_id))?.name).toBe('DKK');
  expect(variantsOf(String(denmark?.name))?.get('FI')).toBe('Tanska');
  expect(database.table('country').get(578)?.rank).toBe(1);
});

test('no built-in list holds a name twice', () => {
  const database = demo();
  for (const { table } of listTables.filter(list => list.carrier !== 'TicketCategoryEntity')) {
    const names = [...database.table(table).rows.values()].map(row => row.name);
    expect(new Set(names).size, table).toBe(names.length);
  }
});

test('the demo company has its people, and nobody else is there', () => {
  const database = demo();
  expect([...database.table('contact').rows.values()].map(row => row.name)).toEqual(['SuperOffice demo']);
  const associates = [...database.table('associate').rows.values()];
  expect(associates.map(row => row.name)).toContain('ANDERSDYRE');
  expect(associates.find(row => row.name === 'SIC')).toMatchObject({
    type: 13,
    password: 'sandbox',
    person_id: 0,
  });
  expect(associates.filter(row => row.deleted === 1)).toHaveLength(1);
  expect(database.table('person').rows.size).toBe(associates.length - 1);
  for (const email of database.table('email').rows.values())
    expect(email.email_address).toMatch(/^[a-z]+\.[a-z]+@superoffice\.demo\.invalid$/);
});

test('every owner has the fields of the integration, with an indexed read-only key', () => {
  const database = demo();
  for (const owner of udefOwners) {
    const { published } = database.layout(owner);
    expect(published).toHaveLength(13);
    expect(published[0]).toMatchObject({
      type: 'ShortText',
      textLength: 39,
      isIndexed: true,
      isReadOnly: true,
    });
  }
  const [key] = database.layout('Contact').published;
  expect(key?.progId).toBe('Siteshop:CompUserKey01');
  const list = database.layout('Person').published.find(field => field.progId === 'Siteshop:PersUserList01');
  expect(list).toMatchObject({ listTableId: 136, udListDefinitionId: 101 });
});

test('an empty installation has the lists that SuperOffice needs and no fields', () => {
  const database = new Database();
  seedEmpty(database);
  expect(database.table('country').rows.size).toBe(249);
  expect(database.table('ticketstatus').rows.size).toBe(5);
  expect(database.table('category').rows.size).toBe(0);
  expect(database.table('associate').rows.size).toBe(1);
  expect(database.table('contact').rows.size).toBe(1);
  for (const owner of udefOwners) expect(database.layout(owner).published).toEqual([]);
});
