import { type Quirks, usualQuirks } from '../quirks.ts';
import { type RowChange, Table } from './table.ts';
import { type UdefLayout, type UdefOwner, udefOwners } from './udef-layout.ts';

export {
  type UdefAppearance,
  type UdefField,
  type UdefLayout,
  type UdefOwner,
  udefOwners,
} from './udef-layout.ts';

/** Everything one unit of work changed, each row once. */
export interface ChangeSet {
  readonly rows: ReadonlyMap<Table, ReadonlySet<number>>;
  readonly layouts: ReadonlySet<UdefOwner>;
}

type Change = RowChange | { readonly kind: 'layout'; readonly owner: UdefOwner; readonly before: UdefLayout };

/** Table name → primary key and indexed columns (writing.md, section 7; reading.md, section 12.6). */
const tables: Record<string, readonly [primaryKey: string, ...indexed: string[]]> = {
  contact: ['contact_id', 'userdef_id', 'userdef2_id', 'text_id'],
  person: ['person_id', 'contact_id', 'userdef_id', 'userdef2_id', 'text_id'],
  project: ['project_id', 'userdef_id', 'userdef2_id', 'text_id'],
  projectmember: ['projectmember_id', 'project_id', 'person_id', 'contact_id'],
  sale: ['sale_id', 'contact_id', 'person_id', 'project_id', 'userdef_id', 'userdef2_id', 'text_id'],
  appointment: [
    'appointment_id',
    'contact_id',
    'person_id',
    'project_id',
    'sale_id',
    'userdef_id',
    'userdef2_id',
    'text_id',
  ],
  document: ['document_id', 'appointment_id', 'name', 'userdef_id', 'userdef2_id', 'text_id'],
  participant: ['participant_id', 'appointment_id'],
  docversion: ['docversion_id', 'document_id'],
  address: ['address_id', 'owner_id'],
  phone: ['phone_id', 'owner_id'],
  email: ['email_id', 'contact_id', 'person_id'],
  url: ['url_id', 'contact_id', 'person_id', 'project_id'],
  text: ['text_id', 'owner_id'],
  visiblefor: ['visiblefor_id', 'recordId'],
  link: ['link_id', 'owner_id'],
  contactinterest: ['contactinterest_id', 'contact_id'],
  personinterest: ['personinterest_id', 'person_id'],
  udcontactsmall: ['udcontactsmall_id'],
  udcontactlarge: ['udcontactlarge_id'],
  udpersonsmall: ['udpersonsmall_id'],
  udpersonlarge: ['udpersonlarge_id'],
  content: ['content_id'],
  udprojectsmall: ['udprojectsmall_id'],
  udprojectlarge: ['udprojectlarge_id'],
  udsalesmall: ['udsalesmall_id'],
  udsalelarge: ['udsalelarge_id'],
  udappntsmall: ['udappntsmall_id'],
  udappntlarge: ['udappntlarge_id'],
  uddocsmall: ['uddocsmall_id'],
  uddoclarge: ['uddoclarge_id'],
  associate: ['associate_id', 'name', 'person_id', 'ejuser_id'],
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
  deliveryterm: ['deliveryterm_id'],
  deliverytype: ['deliverytype_id'],
  paymentterm: ['paymentterm_id'],
  paymenttype: ['paymenttype_id'],
  productcategory: ['productcategory_id'],
  productfamily: ['productfamily_id'],
  producttype: ['producttype_id'],
  quoteapprovereason: ['quoteapprovereason_id'],
  quotedenyreason: ['quotedenyreason_id'],
  searchcat: ['searchcat_id'],
  tags: ['tags_id'],
  saletypestagelink: ['saletypestagelink_id', 'saletype_id'],
  udlistdefinition: ['udlistdefinition_id'],
  udlist: ['udlist_id', 'udlistdefinition_id'],
  heading: ['heading_id', 'udlistdefinition_id'],
  itemheading: ['itemheading_id', 'udlistdefinition_id'],
  itemgroup: ['itemgroup_id', 'udlistdefinition_id'],
  ticket: ['id', 'cust_id', 'contact_id', 'sale_id', 'project_id'],
  ticket_customers: ['id', 'ticket_id', 'customer_id'],
  ej_message: ['id', 'ticket_id'],
  message_header: ['id', 'message_id'],
  attachment: ['id'],
  ticket_attachment: ['id', 'message_id', 'attachment_id'],
  extra_fields: ['id', 'table_name'],
  foreignapp: ['foreignapp_id', 'name'],
  foreigndevice: ['foreigndevice_id', 'foreignapp_id'],
  foreignkey: ['foreignkey_id', 'foreigndevice_id', 'record_id', 'subvalue'],
  outbox: ['id'],
  loginapp: ['loginapp_id'],
  loginkey: ['loginkey_id'],
  refreshtoken: ['refreshtoken_id'],
};

/** Everything a sandbox holds. Database names and shapes, so that archives, entities and mass operations see one truth. */
export class Database {
  readonly tables = new Map<string, Table>();
  /** Serial number of the installation: unlike that of every other sandbox. */
  serial = 0;
  /** How this installation takes what the documents leave open. */
  readonly quirks: Quirks;
  readonly layouts = new Map<UdefOwner, UdefLayout>();
  /** Changes of the unit of work under way, oldest first; null outside of one. */
  #changes: Change[] | null = null;

  constructor(quirks: Partial<Quirks> = {}) {
    this.quirks = { ...usualQuirks, ...quirks };
    for (const [name, [primaryKey, ...indexed]] of Object.entries(tables))
      this.tables.set(name, new Table(name, primaryKey, indexed, change => this.#note(change)));
    for (const owner of udefOwners) this.layouts.set(owner, { draft: [], published: [] });
  }

  /** Names are matched without regard to case, as the documents' samples do. */
  table(name: string): Table {
    const table = this.tables.get(name) ?? this.tables.get(name.toLowerCase());
    if (!table) throw new Error(`no table ${name}`);
    return table;
  }

  layout(owner: UdefOwner): UdefLayout {
    const layout = this.layouts.get(owner);
    if (!layout) throw new Error(`no layout for ${owner}`);
    return layout;
  }

  setLayout(owner: UdefOwner, layout: UdefLayout): void {
    const before = this.layout(owner);
    this.layouts.set(owner, layout);
    this.#note({ kind: 'layout', owner, before });
  }

  /**
   * Runs one unit of work, all of it or nothing: when `work` or `keep` (which makes its changes durable) throws, the
   * changes are taken back and the error goes on. Used ids stay used, as with identity columns. Indexes added meanwhile
   * stay: they only make look-ups faster.
   */
  transact<Result>(work: () => Result, keep: (changes: ChangeSet) => void): Result {
    if (this.#changes) throw new Error('a unit of work is already under way');
    const changes: Change[] = [];
    this.#changes = changes;
    try {
      const result = work();
      if (changes.length > 0) keep(gather(changes));
      return result;
    } catch (error) {
      this.#changes = null;
      for (const change of changes.reverse()) this.#takeBack(change);
      throw error;
    } finally {
      this.#changes = null;
    }
  }

  #note(change: Change): void {
    this.#changes?.push(change);
  }

  #takeBack(change: Change): void {
    if (change.kind === 'layout') this.setLayout(change.owner, change.before);
    else if (change.kind === 'inserted') change.table.delete(change.id);
    else if (change.kind === 'updated') change.table.update(change.id, change.before);
    else change.table.insert(change.before);
  }
}

function gather(changes: readonly Change[]): ChangeSet {
  const rows = new Map<Table, Set<number>>();
  const layouts = new Set<UdefOwner>();
  for (const change of changes) {
    if (change.kind === 'layout') {
      layouts.add(change.owner);
      continue;
    }
    const ids = rows.get(change.table);
    if (ids) ids.add(change.id);
    else rows.set(change.table, new Set([change.id]));
  }
  return { rows, layouts };
}
