import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareTexts } from '../../../src/export/order/text-order.ts';
import { type Office, openOffice } from '../office.ts';

describe('texts', () => {
  test.each<readonly string[]>([
    ['-3', '2', '9', '9,5', '10', '007b', 'Aarhus', 'Zebra', 'Ærø', 'Øst', 'Århus'].filter(
      text => text !== 'Aarhus',
    ),
    ['1', '1.0', 'Item 9', 'Item 10'],
    ['acme', 'Acme', 'ACME ', 'acme b'].filter(text => text.length < 5 || text === 'acme b'),
    ["'t", '(a)', 'A', 'b'],
  ])('%s … come in this order, however they are turned', (...texts) => {
    const sorted = [...texts].sort(compareTexts);
    expect(sorted).toEqual(texts);
    for (const a of texts)
      for (const b of texts)
        expect(Math.sign(compareTexts(a, b))).toBe(Math.sign(texts.indexOf(a) - texts.indexOf(b)));
  });
});

let office: Office;

beforeAll(async () => {
  office = await openOffice({
    searches: {
      Ordered: {
        datatype: 'Project',
        fields: ['Name', { Long: 'length(Name)' }],
        order: ['Long desc', 'Name'],
      },
    },
  });
  for (const [Name, EndDate, Num] of [
    ['Ærø', '2024-12-31T23:30:00', '2'],
    ['Zebra', '2024-12-31T08:00:00', '-7'],
    ['Ås', '2024-01-01T00:00:00', null],
    ['zebra', '2024-12-31T12:00:00', '10'],
    ['Øl', '0001-01-01T00:00:00', '2'],
    ['9', '2025-01-01T00:00:00', '-1'],
    ['10', '2024-06-01T00:00:00', null],
  ])
    await office.tenant.project({
      Name,
      EndDate,
      ...(Num === null ? {} : { CustomFields: { 'Siteshop:ProjUserNum01': `[I:${Num}]` } }),
    });
  const Saledate = '2024-05-05T00:00:00';
  for (const Amount of [5, -2, 100.5, 0, 5]) await office.tenant.sale({ Amount, Saledate });
});

afterAll(() => office.close());

async function names(order: string, ...more: readonly string[]): Promise<string> {
  const rows = await office.rows(
    'export',
    '--datatype',
    'Project',
    '--fields',
    'Name',
    '--order',
    order,
    ...more,
  );
  return rows.join(' ');
}

/** Whether the first rows were asked for in that order, and nothing else was. */
function asked(): (string | null)[] {
  const first = office.asked()[0];
  return [first?.query.get('$orderBy') ?? null, first?.query.get('$top') ?? null];
}

const byNumber = ['projectId asc', '1000'];

describe('rows', () => {
  test.each([
    ['Name', '9 10 zebra Zebra Ærø Øl Ås'],
    ['Name desc', 'Ås Øl Ærø Zebra zebra 10 9'],
    ['EndDate', 'Øl Ås 10 Zebra zebra Ærø 9'],
    ['EndDate DESC', '9 Ærø zebra Zebra 10 Ås Øl'],
    ['EndDate,Name desc', 'Øl Ås 10 Ærø Zebra zebra 9'],
    ['ProjUserNum01', 'Zebra 9 Ås 10 Ærø Øl zebra'],
    ['ProjUserNum01 desc, Name', 'zebra Ærø Øl 10 Ås 9 Zebra'],
    ['length(Name) desc,SuperOfficeId desc', 'zebra Zebra Ærø 10 Øl Ås 9'],
    ['year(EndDate),length(Name),Name', 'Øl 10 Ås Ærø zebra Zebra 9'],
    ['Completed,SuperOfficeId desc', '10 9 Øl zebra Ås Zebra Ærø'],
  ])('by %s are %s, with a limit and without', async (order, wanted) => {
    expect(await names(order)).toBe(wanted);
    for (const limit of [1, 3, 6]) {
      const first = wanted.split(' ').slice(0, limit).join(' ');
      expect(await names(order, '--limit', String(limit))).toBe(first);
    }
  });

  test('that SuperOffice sorts as sic does are asked for in that order', async () => {
    office.asked();
    await names('EndDate desc', '--limit', '2');
    expect(asked()).toEqual(['endDate desc,projectId asc', '2']);
    await names('SuperOfficeId desc', '--limit', '2');
    expect(asked()).toEqual(['projectId desc,projectId asc', '2']);
    await names('EndDate desc', '--limit', '2', '--where', 'Completed=FALSE');
    expect(asked()).toEqual(['endDate desc,projectId asc', '2']);
    expect(
      await office.rows(
        'export',
        '--datatype',
        'Sale',
        '--fields',
        'Amount',
        '--order',
        'Amount',
        '--limit',
        '3',
      ),
    ).toEqual(['-2', '0', '5']);
    expect(asked()).toEqual(['amount asc,saleId asc', '3']);
  });

  test.each([
    ['an alphabet of its own', ['Name']],
    ['the time behind a day', ['EndDate,Name']],
    ['numbers that may be missing', ['ProjUserNum01']],
    ['computed columns', ['year(EndDate)']],
    ['criteria that are looked at here', ['EndDate', '--where', 'Name<>x']],
  ])('are sorted here where SuperOffice has %s', async (_, [order = '', ...more]) => {
    office.asked();
    await names(order, '--limit', '2', ...more);
    expect(asked()).toEqual(byNumber);
  });

  test('come in the order of the search, unless a flag says another', async () => {
    const rows = (...argv: string[]) => office.rows('export', '--search', 'Ordered', ...argv);
    expect(await rows()).toEqual(['zebra 5', 'Zebra 5', 'Ærø 3', '10 2', 'Øl 2', 'Ås 2', '9 1']);
    expect((await rows('--order', 'Long', '--order', 'Name desc'))[0]).toBe('9 1');
    expect((await rows('--order', 'SuperOfficeId'))[0]).toBe('Ærø 3');
    expect(await rows('--limit', '2')).toEqual(['zebra 5', 'Zebra 5']);
  });
});
