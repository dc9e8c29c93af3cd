import { Table } from './table.ts';

/** Entities that can have user-defined fields (reading.md, section 14.1). */
export const udefOwners = ['Contact', 'Person', 'Project', 'Sale', 'Appointment', 'Document'] as const;
export type UdefOwner = (typeof udefOwners)[number];

/** A user-defined field as the layout endpoints show it; the full carrier is built from this in udef/. */
export interface UdefField {
  udefFieldId: number;
  udefIdentity: number;
  progId: string;
  label: string;
  shortLabel: string;
  tooltip: string;
  type: 'Number' | 'ShortText' | 'LongText' | 'Date' | 'UnlimitedDate' | 'Checkbox' | 'List' | 'Decimal';
  textLength: number;
  isIndexed: boolean;
  isMandatory: boolean;
  isReadOnly: boolean;
  hideLabel: boolean;
  listTableId: number;
  udListDefinitionId: number;
  /** Column of the owner's small or large table: `string05`, `long02`, `double01`. '' until published. */
  column: string;
  fieldDefault: string;
  tabOrder: number;
  version: number;
  hasBeenPublished: boolean;
}

export interface UdefLayout {
  draft: UdefField[];
  published: UdefField[];
}

/** Table name → primary key and indexed columns (writing.md, section 7; reading.md, section 12.6). */
const tables: Record<string, readonly [primaryKey: string, ...indexed: string[]]> = {
  contact: ['contact_id', 'userdef_id', 'userdef2_id', 'text_id'],
  person: ['person_id', 'contact_id', 'userdef_id', 'userdef2_id', 'text_id'],
  address: ['address_id', 'owner_id'],
  phone: ['phone_id', 'owner_id'],
  email: ['email_id', 'contact_id', 'person_id'],
  url: ['url_id', 'contact_id', 'person_id'],
  text: ['text_id', 'owner_id'],
  contactinterest: ['contactinterest_id', 'contact_id'],
  personinterest: ['personinterest_id', 'person_id'],
  udcontactsmall: ['udcontactsmall_id'],
  udcontactlarge: ['udcontactlarge_id'],
  udpersonsmall: ['udpersonsmall_id'],
  udpersonlarge: ['udpersonlarge_id'],
  associate: ['associate_id', 'name', 'person_id'],
  usergroup: ['usergroup_id'],
  role: ['role_id'],
  country: ['country_id'],
  currency: ['currency_id'],
  category: ['category_id'],
  business: ['business_id'],
  perspos: ['perspos_id'],
  mrmrs: ['mrmrs_id'],
  salutation: ['salutation_id'],
  contint: ['contint_id'],
  persint: ['persint_id'],
  source: ['source_id'],
  projtype: ['projtype_id'],
  projstatus: ['projstatus_id'],
  saletype: ['saletype_id'],
  prob: ['prob_id'],
  task: ['task_id'],
  priority: ['priority_id'],
  comptr: ['comptr_id'],
  credited: ['credited_id'],
  reason: ['reason_id'],
  reasonsold: ['reasonsold_id'],
  reasonstalled: ['reasonstalled_id'],
  doctmpl: ['doctmpl_id'],
  pmembtype: ['pmembtype_id'],
  ticketstatus: ['ticketstatus_id'],
  ticketpriority: ['ticketpriority_id'],
  ejcategory: ['ejcategory_id'],
  tickettype: ['tickettype_id'],
  udlistdefinition: ['udlistdefinition_id'],
  udlist: ['udlist_id', 'udlistdefinition_id'],
  heading: ['heading_id', 'list_table'],
  itemheading: ['itemheading_id', 'list_table'],
  itemgroup: ['itemgroup_id', 'list_table'],
};

/** Everything a sandbox holds. Database names and shapes, so that archives, entities and mass operations see one truth. */
export class Database {
  readonly tables = new Map<string, Table>();
  readonly layouts = new Map<UdefOwner, UdefLayout>();
  /** Grows with every change: what persistence and caches watch. */
  revision = 0;

  constructor() {
    for (const [name, [primaryKey, ...indexed]] of Object.entries(tables))
      this.tables.set(name, new Table(name, primaryKey, indexed));
    for (const owner of udefOwners) this.layouts.set(owner, { draft: [], published: [] });
  }

  /** Names are matched without regard to case, as the documents' samples do. */
  table(name: string): Table {
    const table = this.tables.get(name.toLowerCase());
    if (!table) throw new Error(`no table ${name}`);
    return table;
  }

  layout(owner: UdefOwner): UdefLayout {
    const layout = this.layouts.get(owner);
    if (!layout) throw new Error(`no layout for ${owner}`);
    return layout;
  }
}
