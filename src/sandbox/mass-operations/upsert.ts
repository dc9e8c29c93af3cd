import { shown } from '../entities/values.ts';
import type { Exchange } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import { BuiltInTarget } from './built-in-target.ts';
import { MassFailure } from './failure.ts';
import { type NoMatchAction, noMatchActions, settleOthers } from './leftovers.ts';
import { arrayIn, atRow, nameIn, namesIn, readRow } from './request.ts';
import type { MassResult } from './result.ts';
import { massTable } from './tables.ts';
import type { Target } from './target.ts';
import { ownerOfUdefTable, UdefTarget } from './udef-target.ts';

/** Row by row: those before a bad one stay written (writing.md, section 6.2). Throws MassFailure. */
export function upsert(exchange: Exchange, result: MassResult): void {
  const { body } = exchange;
  const keys = namesIn(body, 'Keys');
  const action = noMatchAction(body);
  const target = targetOf(exchange, keys, action);
  const places = keys.map(key => placeOf(target, key));
  const touched = new Set<number>();
  for (const [index, cells] of arrayIn(body, 'Data').entries())
    atRow(index, () => {
      const values = readRow(target.columns, cells);
      const rowKeys = places.map(place => String(Array.isArray(cells) ? cells[place] : ''));
      const found = target.find(values);
      const id = found ?? target.insert(values);
      touched.add(id);
      if (found === undefined) result.add('Inserted', id, rowKeys);
      else result.add(target.update(id, values) ? 'Updated' : 'NoUpdateNeeded', id, rowKeys);
    });
  if (target instanceof BuiltInTarget) settleOthers(target, action, touched, result);
}

function targetOf(exchange: Exchange, keys: readonly string[], action: NoMatchAction): Target {
  const { body, database } = exchange;
  const names = namesIn(body, 'Columns');
  const table = massTable(database, nameIn(body, 'TableName'));
  const owner = ownerOfUdefTable(table.table.name);
  if (owner === undefined) return new BuiltInTarget(table, names, keys, exchange);
  if (action !== 'NoChange')
    throw new MassFailure(`Table '${table.table.name}' takes the NomatchAction NoChange only`);
  return new UdefTarget(database, owner, table, names, keys);
}

/** Whether it may be left out is not documented. A request that does not say it is refused: it may mean anything. */
function noMatchAction(body: unknown): NoMatchAction {
  const given = pick(body, 'NomatchAction');
  const action = noMatchActions.find(known => known === given);
  if (action === undefined)
    throw new MassFailure(`NomatchAction ${shown(given)} is none of ${noMatchActions}`);
  return action;
}

function placeOf({ columns }: Target, key: string): number {
  const place = columns.findIndex(({ name }) => name.toLowerCase() === key.toLowerCase());
  if (place === -1) throw new MassFailure(`The key '${key}' is not among the columns`);
  return place;
}
