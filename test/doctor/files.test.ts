import { expect, test } from 'vitest';
import { openPoints, practice, told } from './practice.ts';

test('more-page columns: types and lengths against every value of the file', async () => {
  const place = await practice('demo');
  const long = 'x'.repeat(40);
  await place.define('Contact', {
    ProgId: 'Siteshop:CompUserDate09',
    FieldLabel: 'Words',
    FieldType: 'ShortText',
  });
  await place.define('Contact', {
    ProgId: 'Siteshop:CompUserText09',
    FieldLabel: 'Must',
    FieldType: 'ShortText',
    IsMandatory: true,
  });
  const rows = Array.from(
    { length: 2500 },
    (_, index) => `C-${index};short;7;1.5;TRUE;2026-01-31;2026-01-31;A;`,
  );
  rows[1999] = `C-1999;${long};7.5;1.5;perhaps;31.31.2026;soon;B;there`;
  await place.write(
    'companies.csv',
    `CompUserKey01;CompUserText01;CompUserNum01;CompUserDec01;CompUserCheck01;CompUserDate01;CompUserDate09;CompUserText02;CompUserText09\n${rows.join('\n')}\n`,
  );
  const found = await place.doctor(['companies.csv']);
  expect(found.exitCode).toBe(1);
  expect(openPoints(found)).toEqual([
    'missing companies.csv, CompUserText01',
    'missing companies.csv, CompUserNum01',
    'missing companies.csv, CompUserCheck01',
    'missing companies.csv, CompUserDate01',
    'advice companies.csv, CompUserDate09',
    'advice companies.csv, CompUserText09',
  ]);
  const text = told(found, 'companies.csv, CompUserText01');
  expect(text).toContain('line 2001');
  expect(text).toContain('40 characters');
  expect(text).toContain('sic validate "companies.csv" --offline');
  expect(told(found, 'companies.csv, CompUserDate09')).toContain(
    'Short text, 39 characters ("Words"), although the name says Date',
  );
  expect(told(found, 'companies.csv, CompUserText09')).toContain('2,499 rows of 2,500 rows have no value');
  expect(told(found, 'companies.csv, CompUserText02')).toBe(
    'ok: Short text, 39 characters ("Text 02"). 2,500 values fit, the longest of 1 character. ',
  );
  expect(told(found, 'companies.csv')).toBe('ok: 2,500 rows of Company. ');
  expect(told(found, 'rate')).toContain('As many requests as SuperOffice answers');
});

test('--fix makes columns by their names and values; a list, and what would not fit, is left to people', async () => {
  const place = await practice('empty');
  await place.write(
    'companies.csv',
    `CompUserKey01;CompUserText01;CompUserText02;CompUserText03;CompUserNum01;CompUserNum02;CompUserDec01;CompUserCheck01;CompUserDate01;CompUserDate02;CompUserList01\nC-1;${'x'.repeat(39)};${'x'.repeat(40)};${'x'.repeat(200)};1;many;1,5;TRUE;2026-01-31;1899-12-31;Gold\n`,
  );
  const found = await place.doctor(['companies.csv', '--fix', '--yes']);
  expect(found.exitCode).toBe(1);
  expect(found.made.map(({ progId, type }) => `${progId} ${type}`)).toEqual([
    'Siteshop:CompUserKey01 ShortText',
    'Siteshop:CompUserText01 ShortText',
    'Siteshop:CompUserText02 LongText',
    'Siteshop:CompUserNum01 Number',
    'Siteshop:CompUserDec01 Decimal',
    'Siteshop:CompUserCheck01 Checkbox',
    'Siteshop:CompUserDate01 Date',
    'Siteshop:CompUserDate02 UnlimitedDate',
  ]);
  expect(openPoints(found)).toEqual([
    'missing companies.csv, CompUserText03',
    'missing companies.csv, CompUserNum02',
    'missing companies.csv, CompUserList01',
  ]);
  expect(told(found, 'companies.csv, CompUserList01')).toContain('Make a list field');
  expect(told(found, 'companies.csv, CompUserNum02')).toContain('"many" is not a whole number');
});

test('what rows refer to: there, added, replaced, or lost', async () => {
  const place = await practice('demo', {
    config: { lists: { Business: { missing: 'reject' }, Category: { missing: 'add' } } },
  });
  await place.write(
    'companies.csv',
    'CompUserKey01;Name;CountryName;Category;Business;AssociateName\n' +
      'C-1;A;Norway;Customer;Retail;ANDERSDYRE\nC-2;B;Danmrk;customer;Bakeries;NOBODY\nC-3;C;Danmrk;Wholesale;Retail;ANDERSDYRE\n',
  );
  const found = await place.doctor(['companies.csv']);
  expect(found.exitCode).toBe(1);
  expect(told(found, 'companies.csv, CountryName')).toContain(
    'missing: 2 different values; not in SuperOffice: "Danmrk" (2 rows, the first at line 3).',
  );
  expect(told(found, 'companies.csv, Business')).toContain(
    'missing: 2 different values; not in SuperOffice: "Bakeries"',
  );
  expect(told(found, 'companies.csv, Category')).toMatch(
    /^advice: .*"Customer" already\..*added by an import: customer, Wholesale/,
  );
  expect(told(found, 'companies.csv, AssociateName')).toMatch(
    /^advice: .*"NOBODY" is no user in SuperOffice, so SIC becomes/,
  );
  // Nothing of it was written.
  expect(JSON.stringify(await place.call('GET', 'List/Category/Items'))).not.toContain('Wholesale');
});

test('stages of the wrong type of sale', async () => {
  const place = await practice('demo');
  const types = (await place.call('GET', 'List/SaleType/Items')) as { SaleTypeId: number; Name: string }[];
  const stagesOf = async (id: number) =>
    (
      (await place.call('GET', `MDOList/salestage?flat=true&additional=SaleTypeID%3D${id}`)) as {
        Name: string;
      }[]
    ).map(({ Name }) => Name);
  const [first, second] = [types[0], types[1]];
  if (!first || !second) throw new Error('the demo has two types of sale');
  const [ofFirst, ofSecond] = [await stagesOf(first.SaleTypeId), await stagesOf(second.SaleTypeId)];
  const [right] = ofFirst;
  const wrong = [
    ...ofFirst.filter(name => !ofSecond.includes(name)).map(stage => ({ stage, type: second.Name })),
    ...ofSecond.filter(name => !ofFirst.includes(name)).map(stage => ({ stage, type: first.Name })),
  ][0];
  if (!wrong) throw new Error('the demo has a stage that only one type has');
  const file = (...sales: { SaleType: string; Stage: string | undefined }[]) =>
    JSON.stringify({
      Sale: sales.map((sale, index) => ({ SaleUserKey01: `S-${index}`, Heading: 'A', ...sale })),
    });
  const good = { SaleType: first.Name, Stage: right };
  await place.write('sales.json', file(good));
  const fine = await place.doctor(['sales.json']);
  expect([fine.exitCode, told(fine, 'sales.json, Stage of SaleType')]).toEqual([
    0,
    'ok: Every stage is one that its type of sale has (1 pair). ',
  ]);
  await place.write('sales.json', file(good, { SaleType: wrong.type, Stage: wrong.stage }));
  const bad = await place.doctor(['sales.json']);
  expect(bad.exitCode).toBe(1);
  expect(told(bad, 'sales.json, Stage of SaleType')).toContain(
    `"${wrong.stage}" of "${wrong.type}" (/Sale/1)`,
  );
});

test('a file of children asks for the key field of their parents', async () => {
  const place = await practice('empty');
  await place.write('persons.csv', 'PersUserKey01;CompUserKey01;Lastname\nP-1;C-1;Berg\n');
  const found = await place.doctor(['persons.csv', '--fix', '--yes']);
  expect(found.made.map(({ progId }) => progId)).toEqual([
    'Siteshop:CompUserKey01',
    'Siteshop:PersUserKey01',
  ]);
  expect(found.exitCode).toBe(0);
});

test('rows that an import would set aside, an empty file, one that is no file of ours, one that is not there', async () => {
  const place = await practice('demo');
  await place.write('companies.csv', 'CompUserKey01;Name;NoMailing\n;A;TRUE\nC-2;B;perhaps\nC-3\n');
  await place.write('persons.csv', 'PersUserKey01;CompUserKey01;Lastname\n');
  const found = await place.doctor(['companies.csv', 'persons.csv']);
  expect(told(found, 'companies.csv')).toMatch(
    /^missing: 3 rows of Company\. [23] faults, one of them at line [234]/,
  );
  expect(told(found, 'persons.csv')).toBe('advice: It has no rows. Look whether the export went well.');
  await place.write('projects.csv', 'ProjUserKey01;Nmae\nX;Y\n');
  const refused = await place.doctor(['projects.csv', 'nowhere.csv']);
  expect(refused.exitCode).toBe(1);
  expect(told(refused, 'files')).toMatch(/nowhere\.csv/);
  expect(told(refused, 'files')).toMatch(/Column "Nmae" cannot be imported.*Did you mean "Name"/);
  // The rest is looked at all the same.
  expect(told(refused, 'sign-in')).toContain('ok: ');
});

test('a list policy, a fallback user and a template that SuperOffice does not have', async () => {
  const place = await practice('demo', { config: { fallbackAssociate: 'NOBODY' } });
  await place.write('companies.csv', 'CompUserKey01;Name\nC-1;A\n');
  const found = await place.doctor(['companies.csv']);
  expect(found.exitCode).toBe(2);
  expect(told(found, 'lists and users')).toContain('"fallbackAssociate" names "NOBODY"');
  await place.write('documents.csv', 'DocuUserKey01;Heading\nD-1;A\n');
  const other = await practice('demo', { config: { documents: { template: 'Lettr' } } });
  await other.write('documents.csv', 'DocuUserKey01;Heading\nD-1;A\n');
  expect(told(await other.doctor(['documents.csv']), 'lists and users')).toContain(
    '"template" under "documents"',
  );
  const third = await practice('demo', { config: { lists: { Categry: { missing: 'add' } } } });
  const lists = await third.doctor();
  expect([lists.exitCode, told(lists, 'lists')]).toEqual([
    2,
    expect.stringContaining('Did you mean "Category"'),
  ]);
});
