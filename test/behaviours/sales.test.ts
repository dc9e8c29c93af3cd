import { expect, test } from 'vitest';
import { array, type Json, type Tenant } from '../sandbox/entities/tenant.ts';
import { counted, openDesk } from './desk.ts';

/** Figures that no binary fraction hits, losses, and both ends of what money may be. */
const figures: readonly (readonly [amount: number, earning: number])[] = [
  [3, 1],
  [7, 2],
  [0.3, 0.1],
  [0.1, 0.3],
  [99.99, 33.33],
  [1234.56, 987.65],
  [1e9, 0.01],
  [0.01, 1e9],
  [19.9, -4.37],
  [-250, 100],
  [123456789.12, 98765432.1],
];

test.each([',', '.'])(
  'percentages in SuperOffice are 100*(Earning/Amount) to the last digit, written with %s',
  async mark => {
    const { tenant, file, run } = await openDesk();
    await file('sales.csv', [
      'SaleUserKey01;Heading;Amount;Earning',
      ...figures
        .map(figure => ['S', 'Kraner', ...figure.map(number => text(number, mark))].join(';'))
        .map(numbered),
    ]);
    expect(counted(await run('import', 'sales.csv'))).toMatchObject({ created: figures.length });
    const sales = await salesOf(tenant);
    expect(sales.map(sale => [sale.Amount, sale.EarningPercent, sale.Earning])).toEqual(
      figures.map(([amount, earning]) => [amount, 100 * (earning / amount), earning]),
    );
    expect(await run('import', 'sales.csv', '--full')).toMatchObject({
      counts: { current: figures.length },
      requests: { write: 0 },
    });
  },
);

test('costs that come out even do', async () => {
  const { tenant, file, run } = await openDesk();
  const costs: readonly (readonly [amount: number, cost: number, percent: number])[] = [
    [200, 50, 75],
    [100, 120, -20],
    [100, 0, 100],
    [1000, 1000, 0],
    [80, 56, 30],
  ];
  await file('sales.csv', [
    'SaleUserKey01;Heading;Amount;Cost',
    ...costs.map(([amount, cost]) => `S;Kraner;${amount};${cost}`).map(numbered),
  ]);
  expect(counted(await run('import', 'sales.csv'))).toEqual({ read: 5, created: 5 });
  expect((await salesOf(tenant)).map(sale => [sale.Amount, sale.EarningPercent, sale.Earning])).toEqual(
    costs.map(([amount, cost, percent]) => [amount, percent, amount - cost]),
  );
});

test('a percentage with a comma: 83,5', async () => {
  const { tenant, file, run } = await openDesk();
  await file('sales.csv', ['SaleUserKey01;Heading;Amount;EarningPercent', 'S-01;Kraner;200;83,5']);
  await run('import', 'sales.csv');
  expect(await salesOf(tenant)).toMatchObject([{ Amount: 200, EarningPercent: 83.5, Earning: 167 }]);
});

function text(number: number, mark: string): string {
  return number
    .toFixed(2)
    .replace(/\.?0+$/, '')
    .replace('.', mark);
}

function numbered(row: string, index: number): string {
  return row.replace('S;', `S-${String(index + 1).padStart(2, '0')};`);
}

/** All sales as SuperOffice's own entities, by user key. */
async function salesOf(tenant: Tenant): Promise<Json[]> {
  const key = 'saleUdef/Siteshop:SaleUserKey01';
  const query = new URLSearchParams({ $select: `saleId,${key}`, $orderBy: key });
  const rows = array((await tenant.json('GET', `/v1/Sale?${query}`)).value);
  return Promise.all(rows.map(row => tenant.json('GET', `/v1/Sale/${row.PrimaryKey}`)));
}
