import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { basic, caller } from '../server/talk.ts';
import { webapi } from '../server/webapi.ts';

let sandbox: RunningSandbox;
const ids: number[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
  const call = caller(sandbox);
  for (const [Name, key] of [
    ["Bob's", 'K-1'],
    ['Owl', 'K-2'],
    ['Zebra', 'K-3'],
  ]) {
    const body = { Name, Category: { Id: 1 }, CustomFields: { 'Siteshop:CompUserKey01': key } };
    const { json } = await call('POST', '/v1/Contact?$select=ContactId', { body });
    ids.push(Number((json as { ContactId: number }).ContactId));
  }
});
afterAll(() => sandbox.close());

const config = () => ({ headers: { Authorization: basic(sandbox.username, sandbox.password) } });
const keyColumn = 'contactUdef/Siteshop:CompUserKey01';
const And = webapi.InterRestrictionOperator.And;
const Or = webapi.InterRestrictionOperator.Or;

describe('ArchiveAgent of @superoffice/webapi', () => {
  const agent = () => new webapi.ArchiveAgent(`${sandbox.url}/api`, config());

  test('reads rows by texts; values that are no text are encoded', async () => {
    const columns = `contactId,name,category,stop,registeredDate,updatedDate,${keyColumn}`;
    const rows = await agent().getArchiveListByColumns2Async(
      'SimpleContact',
      columns,
      'contactId desc',
      `${keyColumn} in ('K-1','K-2','none')`,
      'contact',
      0,
      1000,
      { languageCode: 'en' },
    );
    expect(rows.map(row => row.primaryKey)).toEqual([ids[1], ids[0]]);
    expect(rows[1]?.columnData).toMatchObject({
      contactId: { displayValue: `[I:${ids[0]}]` },
      name: { displayValue: "Bob's", tooltipHint: `{contact_id=${ids[0]}}` },
      category: { displayValue: expect.stringMatching(/^[\w ]+$/) },
      stop: { displayValue: '[I:0]' },
      registeredDate: {
        displayValue: expect.stringMatching(/^\[DT:\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\.0000000\]$/),
      },
      updatedDate: { displayValue: '[D:01/01/0001 00:00:00.0000000]' },
      [keyColumn]: { displayValue: 'K-1' },
    });
    expect(rows[1]?.linkHint).toBe(`nav=contact&contact_id=${ids[0]}`);
  });

  test('pages count from zero', async () => {
    const page = async (number: number) => {
      const filter = `${keyColumn} begins 'K-'`;
      const rows = await agent().getArchiveListByColumns2Async(
        'SimpleContact',
        'name',
        'name',
        filter,
        '',
        number,
        2,
      );
      return rows.map(row => row.columnData?.name?.displayValue);
    };
    expect([await page(0), await page(1), await page(2)]).toEqual([["Bob's", 'Owl'], ['Zebra'], []]);
  });

  test('reads rows by arrays: inactive restrictions do not count, parentheses group', async () => {
    const restriction = (name: string, operator: string, value: string, more: object = {}) => ({
      name,
      operator,
      values: [value],
      isActive: true,
      ...more,
    });
    const rows = await agent().getArchiveListByColumnsAsync(
      'SimpleContact',
      ['name'],
      [{ name: 'name', direction: webapi.OrderBySortType.DESC }],
      [
        restriction(keyColumn, 'is', 'K-1', { interParenthesis: 1, interOperator: Or }),
        restriction(keyColumn, 'is', 'K-3', { interParenthesis: -1, interOperator: And }),
        restriction('contactId', '=', '1', { isActive: false }),
        restriction('contactId', 'greater', `[I:${ids[0]}]`),
      ],
      ['contact'],
      0,
      10,
    );
    expect(rows.map(row => row.columnData?.name?.displayValue)).toEqual(['Zebra']);
  });

  test('counts beyond the page', async () => {
    const filter = `${keyColumn} begins 'K-'`;
    const result = await agent().getArchiveListByColumnsWithHeader2Async(
      'SimpleContact',
      'name',
      '',
      filter,
      '',
      0,
      1,
      '',
    );
    expect([result.rowCount, result.rows?.length]).toEqual([3, 1]);
    const withContext = await agent().getArchiveListByColumnsWithContext2Async(
      'SimpleContact',
      'name',
      '',
      "name is 'Owl'",
      '',
      0,
      10,
      '',
    );
    expect(withContext.map(row => row.primaryKey)).toEqual([ids[1]]);
  });

  test('describes providers', async () => {
    expect(await agent().getProviderNamesAsync()).toContain('SimplePerson');
    const columns = await agent().getAvailableColumnsAsync('SimpleContact', '');
    expect(columns.find(column => column.name === keyColumn)).toMatchObject({
      restrictionType: 'string',
      canOrderBy: true,
      canRestrictBy: true,
    });
    const entities = await agent().getAvailableEntitiesAsync('Person', '');
    expect(entities.map(entity => entity.type)).toEqual(['person', 'retiredPerson']);
  });

  test('a wrong filter rejects with the reason', async () => {
    const read = agent().getArchiveListByColumns2Async(
      'SimpleContact',
      'name',
      '',
      'contactId ge 1',
      '',
      0,
      1,
    );
    await expect(read).rejects.toMatchObject({ response: { status: 400 } });
  });
});

describe('FindAgent of @superoffice/webapi', () => {
  const agent = () => new webapi.FindAgent(`${sandbox.url}/api`, config());

  test('finds by arrays', async () => {
    const found = await agent().findFromRestrictionsColumnsAsync(
      [{ name: keyColumn, operator: 'is', values: ['K-2'], isActive: true }],
      'SimpleContact',
      ['contactId', 'name'],
      10,
      0,
    );
    expect(found.archiveColumns?.map(column => column.name)).toEqual(['contactId', 'name']);
    expect(found.archiveRows?.map(row => row.primaryKey)).toEqual([ids[1]]);
    expect(found.rowCount).toBe(1);
  });

  test('finds by texts, sorted, and skips rows for a negative page', async () => {
    const find = (page: number) =>
      agent().findFromRestrictionsColumnsOrderBy2Async(
        `${keyColumn} begins 'K-'`,
        'SimpleContact',
        'name',
        'name desc',
        2,
        page,
      );
    expect((await find(0)).archiveRows?.map(row => row.primaryKey)).toEqual([ids[2], ids[1]]);
    expect((await find(-1)).archiveRows?.map(row => row.primaryKey)).toEqual([ids[1], ids[0]]);
  });
});
