import { expect, test } from 'vitest';
import { idsInOrder } from '../../../src/sandbox/archive/id-order.ts';
import { Table } from '../../../src/sandbox/store/table.ts';

/** What a reader of the order comes to see. */
const living = (table: Table) => idsInOrder(table).filter(id => table.rows.has(id));

function tableOf(...ids: readonly number[]): Table {
  const table = new Table('thing', 'thing_id');
  for (const id of ids) table.insert({ thing_id: id });
  return table;
}

test('ids come in order, whatever order they were given in', () => {
  expect(idsInOrder(tableOf(5, 2, 9))).toEqual([2, 5, 9]);
});

test('an order that was read goes on with what is added and leaves out what is gone', () => {
  const table = tableOf(1, 2, 3);
  idsInOrder(table);
  table.insert({});
  table.delete(2);
  expect(living(table)).toEqual([1, 3, 4]);
  table.insert({});
  expect(living(table)).toEqual([1, 3, 4, 5]);
});

test('a row that comes back takes its place again', () => {
  const table = tableOf(1, 2, 3);
  table.delete(2);
  idsInOrder(table);
  table.insert({ thing_id: 2 });
  expect(idsInOrder(table)).toEqual([1, 2, 3]);
});

test('an id far above the others is no long way', () => {
  const table = tableOf(1);
  idsInOrder(table);
  table.insert({ thing_id: 2 ** 40 });
  expect(idsInOrder(table)).toEqual([1, 2 ** 40]);
});

test('rows that are gone do not gather', () => {
  const table = tableOf(1, 2, 3, 4);
  idsInOrder(table);
  for (const id of [1, 2, 3]) table.delete(id);
  expect(idsInOrder(table)).toEqual([4]);
});
