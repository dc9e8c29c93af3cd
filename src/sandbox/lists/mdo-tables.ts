import type { Database } from '../store/database.ts';
import type { DbRow, Table } from '../store/table.ts';
import { itemsOf, type ListTarget } from './list-target.ts';
import type { MdoItem } from './mdo-item.ts';
import type { CarrierName } from './tables.ts';

const minutesPerUnit: Readonly<Record<string, number>> = {
  Minute: 1,
  Hour: 60,
  Day: 1440,
  Week: 10_080,
  Month: 43_200,
  Quarter: 129_600,
  HalfYear: 259_200,
  Year: 518_400,
};

/** Number of a ticket status' base status (reading.md, section 12.6). */
const baseStatuses = ['Unknown', 'Active', 'Closed', 'Postponed', 'Deleted', 'Merged'];

/** What the documents say `ExtraInfo` holds, per kind of list. */
function extraInfoOf(carrier: CarrierName, row: DbRow): string {
  switch (carrier) {
    case 'SaleTypeEntity':
      return String(Number(row.sale_duration ?? 0) * (minutesPerUnit[String(row.duration_unit)] ?? 0));
    case 'TicketStatusEntity':
      return String(Math.max(0, baseStatuses.indexOf(String(row.status))));
    case 'TicketCategoryEntity':
      return `parentId=${Math.max(0, Number(row.parent_id))}&replyTemplateId=${row.reply_template}`;
    default:
      return '';
  }
}

/** Items of a list as MDO items, by rank; those that are hidden from the group are left out. */
export function tableItems(
  database: Database,
  target: ListTarget,
  showDeleted: boolean,
  groupId: number,
): MdoItem[] {
  const visible = visibility(database, target.listId, groupId);
  const carrier = target.builtIn?.carrier ?? 'ListItemEntity';
  return itemsOf(target, showDeleted)
    .filter(([id]) => visible(id))
    .map(([id, row]) => ({
      id,
      name: String(row.name ?? ''),
      toolTip: String(row.tooltip ?? ''),
      deleted: row.deleted === 1,
      rank: Number(row.rank ?? 0),
      type: target.table.name,
      extraInfo: extraInfoOf(carrier, row),
      fullName: carrier === 'TicketCategoryEntity' ? String(row.fullname) : null,
    }));
}

/** An item that is tied to groups is seen by these only; an item without ties by everybody (our reading of "UserGroups"). */
function visibility(database: Database, listId: number, groupId: number): (itemId: number) => boolean {
  const groupsByItem = new Map<number, Set<number>>();
  for (const { item, other } of tiesOf(database.table('itemgroup'), listId, 'group_id')) {
    const groups = groupsByItem.get(item);
    if (groups) groups.add(other);
    else groupsByItem.set(item, new Set([other]));
  }
  return itemId => groupsByItem.get(itemId)?.has(groupId) ?? true;
}

interface Tie {
  readonly id: number;
  readonly item: number;
  readonly other: number;
}

/** Rows that tie items of one list to groups or headings. */
export function tiesOf(table: Table, listId: number, column: 'group_id' | 'heading_id'): Tie[] {
  return table.find('udlistdefinition_id', listId).map(id => {
    const row = table.get(id);
    return { id, item: Number(row?.item_id ?? 0), other: Number(row?.[column] ?? 0) };
  });
}

/**
 * Items under their headings: an item may be under several, one under none stays a root of its own.
 * A list without headings comes back as it is.
 */
export function underHeadings(database: Database, listId: number, items: readonly MdoItem[]): MdoItem[] {
  const headings = database.table('heading');
  const ties = tiesOf(database.table('itemheading'), listId, 'heading_id');
  const roots = headings
    .find('udlistdefinition_id', listId)
    .flatMap(id => {
      const row = headings.get(id);
      return row && row.deleted !== 1 ? [{ id, row }] : [];
    })
    .sort((a, b) => Number(a.row.rank) - Number(b.row.rank))
    .map(({ id, row }) => {
      const members = new Set(ties.filter(tie => tie.other === id).map(tie => tie.item));
      const children = items.filter(item => members.has(item.id));
      const rank = Number(row.rank ?? 0);
      return { id, name: String(row.name), toolTip: String(row.tooltip), rank, type: 'heading', children };
    });
  const tied = new Set(roots.flatMap(root => root.children.map(child => child.id)));
  return [...roots, ...items.filter(item => !tied.has(item.id))];
}

/** Ticket categories by parent; a category whose parent is not shown becomes a root. */
export function asTree(items: readonly MdoItem[]): MdoItem[] {
  const parentOf = new Map(
    items.map(item => [item.id, Number(/parentId=(\d+)/.exec(item.extraInfo ?? '')?.[1])]),
  );
  const childrenOf = (parent: MdoItem): MdoItem => ({
    ...parent,
    children: items.filter(item => parentOf.get(item.id) === parent.id).map(childrenOf),
  });
  return items.filter(item => !parentOf.has(parentOf.get(item.id) ?? 0)).map(childrenOf);
}
