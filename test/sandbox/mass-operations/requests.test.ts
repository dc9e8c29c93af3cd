import { afterAll, beforeAll, expect, test } from 'vitest';
import { Tenant } from '../entities/tenant.ts';
import { refused, rowsOf, type Upsert, upsert } from './agent.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await Tenant.start();
});
afterAll(() => tenant.close());

const request: Upsert = {
  TableName: 'project',
  Columns: ['project_id', 'type_idx', 'associate_id', 'name', 'endDate'],
  Keys: ['project_id'],
  Data: [['0', '[I:1]', '1', 'Harbour', '[D:12/31/2026]']],
};
const [row = []] = request.Data;
const withCell = (place: number, cell: unknown): Upsert => ({
  ...request,
  Data: [row.map((kept, index) => (index === place ? cell : kept))],
});

test.each([
  ['[DT:01/31/2026 23:59:58]', '2026-01-31T23:59:58'],
  ['[DT:01/31/2026 23:59:58.0000000]', '2026-01-31T23:59:58'],
  ['[D:01/31/2026]', '2026-01-31T00:00:00'],
  ['[D:01/31/2026 23:59:58]', '2026-01-31T00:00:00'],
  ['[D:01/01/0001]', '0001-01-01T00:00:00'],
])('the date %s is %s', async (cell, expected) => {
  const { RowStatus } = await upsert(tenant, withCell(4, cell));
  const project = await tenant.json('GET', `/v1/Project/${RowStatus?.[0]?.PrimaryKey}`);
  expect(project.EndDate).toBe(expected);
});

test.each(['2', 2, '[I:2]', '+2'])('the number %j is 2', async cell => {
  const { RowStatus } = await upsert(tenant, withCell(1, cell));
  const id = RowStatus?.[0]?.PrimaryKey;
  expect(await rowsOf(tenant, 'project', ['type_idx'], `project.project_id = ${id}`)).toEqual([[2]]);
});

test.each([
  [1, '', 'is not a whole number'],
  [1, '1.5', 'is not a whole number'],
  [1, '[F:1]', 'is not a number'],
  [1, '[I:]', 'is not a whole number'],
  [1, '2147483648', 'is not a whole number'],
  [1, null, 'null is no text'],
  [1, true, 'true is no text'],
  [3, '[I:5]', 'is not a text'],
  [3, 'x'.repeat(220), 'has 220 characters, the column holds 219'],
  [4, '', 'is not an encoded date'],
  [4, '2026-12-31', 'is not an encoded date'],
  [4, '[I:0]', 'is not an encoded date'],
  [4, '[D:31/12/2026]', 'is not a date'],
  [4, '[D:31.12.2026]', 'is not a date'],
  [4, '[D:02/30/2026]', 'is not a date'],
  [4, '[DT:12/31/2026 25:00:00]', 'is not a date'],
])('column %i: the cell %j is refused', async (place, cell, words) => {
  expect(await refused(tenant, withCell(place, cell))).toContain(words);
});

const { Columns, Data } = request;

test.each<[string, Partial<Upsert>, string]>([
  ['a cell too few', { Data: [row.slice(1)] }, 'Data[0]: 4 cells for 5 columns'],
  ['a row that is none', { Data: ['text' as never] }, 'Data[0]: no cells for 5 columns'],
  ['no data', { Data: 'all' as never }, 'Data is "all", not an array'],
  ['a column that is not there', { Columns: [...Columns.slice(1), 'colour'] }, "has no column 'colour'"],
  ['a column twice', { Columns: [...Columns.slice(0, 4), 'NAME'] }, "Column 'name' is named twice"],
  [
    'a column too few',
    { Columns: ['project_id', 'name'], Data: [['0', 'x']] },
    'the columns type_idx, associate_id must be named',
  ],
  ['a primary key behind others', { Columns: [...Columns].reverse() }, 'must be the first column'],
  ['no key', { Keys: [] }, 'Keys is empty'],
  ['a key that is no column', { Keys: ['colour'] }, "has no column 'colour'"],
  ['a key that is not among the columns', { Keys: ['project_number'] }, 'is not among the columns'],
  ['a primary key with others', { Keys: ['project_id', 'name'] }, 'must be the only key'],
  ['a table that is not there', { TableName: 'y_equipment' }, "Table 'y_equipment' does not exist"],
  ['no table', { TableName: '' }, 'TableName is "", not a name'],
  ['a negative key', { Data: [['-5', ...row.slice(1)]] }, 'project_id -5 is taken or negative'],
])('%s is refused', async (_, change, words) => {
  expect(Data).toHaveLength(1);
  expect(await refused(tenant, { ...request, ...change })).toContain(words);
});
