/** Carriers that `/v1/List/{name}/Items` speaks (reading.md, section 12.4). */
export type CarrierName =
  | 'ListItemEntity'
  | 'Country'
  | 'CurrencyEntity'
  | 'DocumentTemplateEntity'
  | 'SaleStageEntity'
  | 'SaleTypeEntity'
  | 'TaskListItem'
  | 'TicketStatusEntity'
  | 'TicketPriorityEntity'
  | 'TicketCategoryEntity'
  | 'TicketTypeEntity'
  | 'UserGroup';

/** A list that every installation has. */
export interface ListTable {
  /** Its definition's id: `Id` of `GET /v1/List`, `X` of `/v1/List/{X}/Items`. */
  readonly listId: number;
  /** Name in `/v1/List/{name}`; null when it has no typed endpoint. */
  readonly restName: string | null;
  readonly mdoName: string;
  /** Number of the database table, written negative in `/v1/List/-64/Items`; 0 when the documents name none. */
  readonly tableNumber: number;
  readonly table: string;
  readonly primaryKey: string;
  readonly carrier: CarrierName;
  /** Properties of the carrier that hold id and name. */
  readonly idProperty: string;
  readonly nameProperty: string;
}

type Line = readonly [
  restName: string | null,
  mdoName: string,
  tableNumber: number,
  table: string,
  carrier?: CarrierName,
];

/** reading.md, sections 12.4 and 12.6. The place in this list is the definition's id: append only. */
const lines: readonly Line[] = [
  ['Category', 'category', 64, 'category'],
  ['Business', 'business', 61, 'business'],
  ['Country', 'country', 19, 'country', 'Country'],
  ['Currency', 'currency', 112, 'currency', 'CurrencyEntity'],
  [null, 'contint', 70, 'contint'],
  [null, 'persint', 73, 'persint'],
  ['MrMrs', 'mrmrs', 94, 'mrmrs'],
  [null, 'salutation', 219, 'salutation'],
  ['Position', 'perspos', 76, 'perspos'],
  ['ProjectType', 'projecttype', 85, 'projtype'],
  ['ProjectStatus', 'projectstatus', 88, 'projstatus'],
  [null, 'pmembtype', 91, 'pmembtype'],
  ['SaleType', 'saletype', 149, 'saletype', 'SaleTypeEntity'],
  ['Rating', 'prob', 82, 'prob', 'SaleStageEntity'],
  ['Source', 'source', 100, 'source'],
  ['Competitor', 'comptr', 109, 'comptr'],
  ['Credited', 'credited', 97, 'credited'],
  ['Reason', 'reason', 103, 'reason'],
  ['ReasonSold', 'reasonsold', 115, 'reasonsold'],
  ['ReasonStalled', 'reasonstalled', 154, 'reasonstalled'],
  ['Task', 'task', 67, 'task', 'TaskListItem'],
  ['Priority', 'priority', 79, 'priority'],
  ['DocumentTemplate', 'doctmpl', 130, 'doctmpl', 'DocumentTemplateEntity'],
  ['TicketStatus', 'ticketstatus', 0, 'ticketstatus', 'TicketStatusEntity'],
  ['TicketPriority', 'ticketpriority', 0, 'ticketpriority', 'TicketPriorityEntity'],
  ['TicketCategory', 'ejcategory', 0, 'ejcategory', 'TicketCategoryEntity'],
  ['TicketType', 'tickettype', 0, 'tickettype', 'TicketTypeEntity'],
  ['UserGroup', 'usergroup', 0, 'usergroup', 'UserGroup'],
  [null, 'tags', 0, 'tags'],
  ['DeliveryTerm', 'deliveryterm', 0, 'deliveryterm'],
  ['DeliveryType', 'deliverytype', 0, 'deliverytype'],
  ['PaymentTerm', 'paymentterm', 0, 'paymentterm'],
  ['PaymentType', 'paymenttype', 0, 'paymenttype'],
  ['ProductCategory', 'productcategory', 0, 'productcategory'],
  ['ProductFamily', 'productfamily', 0, 'productfamily'],
  ['ProductType', 'producttype', 0, 'producttype'],
  ['QuoteApproveReason', 'quoteapprovereason', 0, 'quoteapprovereason'],
  ['QuoteDenyReason', 'quotedenyreason', 0, 'quotedenyreason'],
  ['SelectionCategory', 'searchcat', 0, 'searchcat'],
];

const idProperties: Readonly<Record<CarrierName, string>> = {
  ListItemEntity: 'Id',
  Country: 'CountryId',
  CurrencyEntity: 'CurrencyId',
  DocumentTemplateEntity: 'DocumentTemplateId',
  SaleStageEntity: 'SaleStageId',
  SaleTypeEntity: 'SaleTypeId',
  TaskListItem: 'TaskListItemId',
  TicketStatusEntity: 'TicketStatusId',
  TicketPriorityEntity: 'TicketPriorityId',
  TicketCategoryEntity: 'TicketCategoryId',
  TicketTypeEntity: 'TicketTypeId',
  UserGroup: 'Id',
};

const namedByValue: ReadonlySet<CarrierName> = new Set(['TaskListItem', 'SaleStageEntity', 'UserGroup']);

export const listTables: readonly ListTable[] = lines.map(
  ([restName, mdoName, tableNumber, table, carrier = 'ListItemEntity'], index) => ({
    listId: index + 1,
    restName,
    mdoName,
    tableNumber,
    table,
    primaryKey: `${table}_id`,
    carrier,
    idProperty: idProperties[carrier],
    nameProperty: namedByValue.has(carrier) ? 'Value' : 'Name',
  }),
);

/** User-defined lists get ids from here on; the built-in ones stay below (our choice). */
export const firstUserDefinedListId = 101;

/** Table number of the items of user-defined lists (reading.md, section 12.6). */
export const userDefinedListTableNumber = 136;

const byRestName = new Map(listTables.map(list => [(list.restName ?? '').toLowerCase(), list]));
const byMdoName = new Map(listTables.map(list => [list.mdoName.toLowerCase(), list]));
const byTableNumber = new Map(
  listTables.filter(list => list.tableNumber > 0).map(list => [list.tableNumber, list]),
);
const byListId = new Map(listTables.map(list => [list.listId, list]));

/** `Category`, in any case. */
export function listByRestName(name: string): ListTable | undefined {
  return name === '' ? undefined : byRestName.get(name.toLowerCase());
}

/** `perspos`, in any case: the documents print both spellings (reading.md, section 12.6). */
export function listByMdoName(name: string): ListTable | undefined {
  return byMdoName.get(name.toLowerCase());
}

export function listByTableNumber(tableNumber: number): ListTable | undefined {
  return byTableNumber.get(tableNumber);
}

export function listById(listId: number): ListTable | undefined {
  return byListId.get(listId);
}
