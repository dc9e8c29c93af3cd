import { type Exchange, SandboxError } from '../http/exchange.ts';
import { resolveList } from './list-target.ts';
import { fixedLists } from './mdo-fixed.ts';
import type { MdoItem } from './mdo-item.ts';
import { restrictionOperators } from './mdo-operators.ts';
import { associateItems, ejUserItems, visibleForItems } from './mdo-people.ts';
import { asTree, tableItems, underHeadings } from './mdo-tables.ts';
import { saleStageItems } from './sale-stages.ts';
import { listByMdoName, listTables } from './tables.ts';
import { variantsOf } from './text.ts';

export interface MdoQuery {
  readonly name: string;
  readonly flat: boolean;
  /** Provider parameters: `SaleTypeID=2`, `showDeleted=true`, a list id. */
  readonly additional: string;
  /** Part of the name in any language; makes the answer flat. '' = all. */
  readonly search: string;
  /** Only these, when given: the client's history. */
  readonly history?: ReadonlySet<number>;
}

/** Names that `GET /v1/MDOList` tells: those of tables, then those that a provider makes. */
export function mdoListNames({ database }: Exchange): string[] {
  const userDefined = [...database.table('udlistdefinition').rows]
    .filter(([, row]) => row.is_custom_list === 1)
    .map(([id]) => `udlist${id}`);
  const provided = [
    'associate',
    'ejuser',
    'lists',
    'restrictionOperators',
    'salestage',
    'udlist',
    'visiblefor',
  ];
  return [
    ...listTables.map(list => list.mdoName),
    ...Object.keys(fixedLists),
    ...provided,
    ...userDefined,
  ].sort((a, b) => a.localeCompare(b, 'en'));
}

/** The roots of an MDO list (reading.md, section 12.1); 404 for a name that no provider has. */
export function mdoList(exchange: Exchange, query: MdoQuery): MdoItem[] {
  const flat = query.flat || query.search !== '';
  return itemsFor(exchange, query, flat).filter(item => matches(item, query));
}

function itemsFor(exchange: Exchange, { name, additional }: MdoQuery, flat: boolean): MdoItem[] {
  const { database } = exchange;
  const lower = name.toLowerCase();
  const showDeleted = /(^|&)showDeleted=true/i.test(additional);
  const dropDeleted = (items: readonly MdoItem[]) => items.filter(item => showDeleted || !item.deleted);
  switch (lower) {
    case 'associate':
      return dropDeleted(associateItems(database));
    case 'ejuser':
      return dropDeleted(ejUserItems(database));
    case 'visiblefor':
      return dropDeleted(visibleForItems(database));
    case 'restrictionoperators':
      return restrictionOperators(additional);
    case 'salestage': {
      const saleTypeId = Number(/SaleTypeIDs?=(\d+)/i.exec(additional)?.[1] ?? 0);
      const withDeleted = /GetDeletedStages=true/i.test(additional);
      return saleStageItems(database, saleTypeId).filter(item => withDeleted || !item.deleted);
    }
    case 'lists':
      return dropDeleted(listsItems(exchange, /(^|&)onlyUserDefinedLists=true/i.test(additional)));
    case 'udlist':
      return fromTable(exchange, additional.trim(), showDeleted, flat);
  }
  const fixed = fixedLists[lower];
  if (fixed) return [...fixed];
  const list = listByMdoName(lower);
  if (list) return fromTable(exchange, String(list.listId), showDeleted, flat);
  const userDefined = /^udlist(\d+)$/.exec(lower)?.[1];
  if (userDefined !== undefined) return fromTable(exchange, userDefined, showDeleted, flat);
  throw new SandboxError(404, 'SoNotFoundException', `There is no MDO list ${name}`);
}

function fromTable(exchange: Exchange, listId: string, showDeleted: boolean, flat: boolean): MdoItem[] {
  const { database, user } = exchange;
  const target = resolveList(database, listId);
  const groupId = Number(database.table('associate').get(user.associateId)?.group_idx ?? 0);
  const items = tableItems(database, target, showDeleted, groupId);
  if (target.builtIn?.carrier === 'TicketCategoryEntity')
    return flat ? items.map(item => ({ ...item, name: item.fullName ?? item.name })) : asTree(items);
  return flat ? items : underHeadings(database, target.listId, items);
}

function listsItems({ database }: Exchange, onlyUserDefined: boolean): MdoItem[] {
  return [...database.table('udlistdefinition').rows]
    .filter(([, row]) => !onlyUserDefined || row.is_custom_list === 1)
    .map(([id, row]) => ({
      id,
      name: String(row.name),
      toolTip: String(row.tooltip),
      deleted: row.deleted === 1,
      rank: Number(row.rank),
      type: String(row.list_type),
    }));
}

function matches(item: MdoItem, { search, history }: MdoQuery): boolean {
  if (history && !history.has(item.id)) return false;
  if (search === '') return true;
  const wanted = search.toLowerCase();
  const names = variantsOf(item.name)?.values() ?? [item.name];
  return [...names].some(name => name.toLowerCase().includes(wanted));
}
