import { isTrue, type JsonObject, numberOf, textOf } from './json.ts';
import { shownName } from './multi-language.ts';
import type { ListItem } from './superoffice.ts';

interface Carrier {
  readonly id: string;
  readonly name: string;
  /** Items are plain texts, so one may be added by name alone. The others carry behaviour and are left to people. */
  readonly isPlain: boolean;
}

const plain: Carrier = { id: 'Id', name: 'Name', isPlain: true };

function special(id: string, name = 'Name'): Carrier {
  return { id, name, isPlain: false };
}

/** Lists with an endpoint of their own (reading.md, section 12.4). */
const typedLists: ReadonlyMap<string, Carrier> = new Map([
  ['Business', plain],
  ['Category', plain],
  ['Competitor', plain],
  ['Credited', plain],
  ['DeliveryTerm', plain],
  ['DeliveryType', plain],
  ['MrMrs', plain],
  ['PaymentTerm', plain],
  ['PaymentType', plain],
  ['Position', plain],
  ['Priority', plain],
  ['ProductCategory', plain],
  ['ProductFamily', plain],
  ['ProductType', plain],
  ['ProjectStatus', plain],
  ['ProjectType', plain],
  ['QuoteApproveReason', plain],
  ['QuoteDenyReason', plain],
  ['Reason', plain],
  ['ReasonSold', plain],
  ['ReasonStalled', plain],
  ['SelectionCategory', plain],
  ['Source', plain],
  ['ConsentPurpose', special('ConsentPurposeId')],
  ['ConsentSource', special('ConsentSourceId')],
  ['Country', special('CountryId')],
  ['Currency', special('CurrencyId')],
  ['DocumentTemplate', special('DocumentTemplateId')],
  ['LegalBase', special('LegalBaseId')],
  ['Rating', special('SaleStageId', 'Value')],
  ['SaleType', special('SaleTypeId')],
  ['Task', special('TaskListItemId', 'Value')],
  ['TicketCategory', special('TicketCategoryId')],
  ['TicketPriority', special('TicketPriorityId')],
  ['TicketStatus', special('TicketStatusId')],
  ['TicketType', special('TicketTypeId')],
  ['UserGroup', special('Id', 'Value')],
  ['WebPanel', special('WebPanelId')],
]);

/** Built-in lists by database table (section 12.6): what a more-page list field names, and how `list()` finds it. */
const tableLists: ReadonlyMap<number, string> = new Map([
  [19, 'Country'],
  [61, 'Business'],
  [64, 'Category'],
  [67, 'Task'],
  [70, 'contint'],
  [73, 'persint'],
  [76, 'Position'],
  [79, 'Priority'],
  [82, 'Rating'],
  [85, 'ProjectType'],
  [88, 'ProjectStatus'],
  [91, 'pmembtype'],
  [94, 'MrMrs'],
  [97, 'Credited'],
  [100, 'Source'],
  [103, 'Reason'],
  [109, 'Competitor'],
  [112, 'Currency'],
  [115, 'ReasonSold'],
  [130, 'DocumentTemplate'],
  [149, 'SaleType'],
  [154, 'ReasonStalled'],
  [219, 'salutation'],
]);

export function isTypedList(name: string): boolean {
  return typedLists.has(name);
}

/** Lists whose endpoint knows no `includeDeleted` (specification of `/v1/List`). */
const wholeLists: ReadonlySet<string> = new Set([
  'ConsentPurpose',
  'ConsentSource',
  'LegalBase',
  'TicketCategory',
  'TicketStatus',
  'TicketType',
  'WebPanel',
]);

/** Can the items of this list be read together with those that are marked as deleted? */
export function takesIncludeDeleted(name: string): boolean {
  return !wholeLists.has(name);
}

/** Does letter case not count in this list? Tags have a unique index in the database (writing.md, section 5.2). */
export function ignoresCase(name: string): boolean {
  return name === 'tags';
}

/** Can a value be added to this list by its name alone? */
export function takesPlainItems(name: string): boolean {
  return (typedLists.get(name) ?? plain).isPlain;
}

export function listOfTable(table: number): string | null {
  return tableLists.get(table) ?? null;
}

/** Database table of a list that has no typed endpoint (`contint`), or null. */
export function tableOfList(name: string): number | null {
  if (typedLists.has(name)) return null;
  for (const [table, list] of tableLists) if (list === name.toLowerCase()) return table;
  return null;
}

/** An item of a list, whichever carrier it came in. */
export function readListItem(list: string, json: JsonObject): ListItem {
  const carrier = typedLists.get(list) ?? plain;
  const raw = textOf(json, carrier.name);
  // Categories of requests form a tree: the path tells them apart (reading.md, section 12.4).
  const path = textOf(json, 'Fullname') || null;
  return {
    id: numberOf(json, carrier.id),
    name: path ?? shownName(raw),
    raw: path ?? raw,
    leaf: path === null ? null : raw,
    deleted: isTrue(json, 'Deleted') || textOf(json, 'Status') === 'Deleted',
  };
}
