import { type ExtraField, extraField } from '../../extra-fields/definitions.ts';
import type { Database } from '../../store/context.ts';
import type { ColumnKind } from '../column.ts';
import { serviceSchema, serviceTargets } from './service-schema.ts';

/** A database column: the name rows keep it under, and how it is read. */
export interface DatabaseColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

const stamps = 'registered_associate_id updated_associate_id updatedCount';
const dates = 'registered updated';

/** Columns of the main tables by kind (writing.md, section 7): needed while a table is still empty. */
const schema: Readonly<
  Record<string, Partial<Record<'integer' | 'decimal' | 'string' | 'datetime', string>>>
> = {
  contact: {
    integer: `contact_id country_id business_idx category_idx associate_id xstop nomailing group_id activeInterests text_id supportAssociateId supportPersonId ticketPriorityId supportLanguageId source userdef_id userdef2_id deleted ${stamps}`,
    string: 'name department number1 number2 orgNr kananame dbi_key soundEx',
    datetime: `DeletedDate ${dates}`,
  },
  person: {
    integer: `person_id contact_id rank country_id business_idx category_idx position_idx year_of_birth month_of_birth day_of_birth usepersonaddress nomailing retired associate_id group_id text_id gender leadstatus_id supportAssociateId ticketPriorityId supportLanguageId source activeInterests userdef_id userdef2_id deleted ${stamps}`,
    string: 'firstname lastname middleName mrmrs title salutation person_number kanafname kanalname dbi_key',
    datetime: `DeletedDate ${dates}`,
  },
  project: {
    integer: `project_id type_idx status_idx associate_id group_id text_id postitText_id done activeLinks userdef_id userdef2_id ${stamps}`,
    string: 'name project_number',
    datetime: `endDate nextMilestoneDate ${dates}`,
  },
  projectmember: {
    integer: `projectmember_id project_id contact_id person_id mtype_idx rank text_id event_participant_status ${stamps}`,
    datetime: dates,
  },
  sale: {
    integer: `sale_id contact_id person_id project_id appointment_id associate_id group_idx saleType_id probability_idx probability status done currency_id source_id comptr_id credited_id reason_id reasonSold_id reasonStalled_id text_id postitText_id activeLinks userdef_id userdef2_id ${stamps}`,
    decimal: 'amount earning earning_percent',
    string: 'heading number1',
    datetime: `saledate reopenDate nextDueDate ${dates}`,
  },
  appointment: {
    integer: `appointment_id contact_id person_id project_id sale_id document_id mother_id associate_id group_idx task_idx priority_idx type status private alldayEvent freeBusy hasAlarm alarm leadtime lagTime text_id title_text_id agenda_text_id internal_notes_text_id isMilestone suggestedAppointmentId owned_externally activeLinks userdef_id userdef2_id ${stamps}`,
    string: 'location joinVideomeetUrl rejectReason',
    datetime: `do_by endDate activeDate done ${dates}`,
  },
  document: {
    integer: `document_id appointment_id application_id contentSetCount snum suggestedDocumentId text_id activeLinks userdef_id userdef2_id ${stamps}`,
    string: 'name header attention our_ref your_ref extref',
    datetime: dates,
  },
  visiblefor: { integer: 'visiblefor_id tableId recordId forAll forGroupId forAssocId' },
  address: {
    integer: `address_id owner_id atype_idx ${stamps}`,
    string: 'zipcode city state county address1 address2 address3',
    datetime: dates,
  },
  phone: {
    integer: `phone_id owner_id ptype_idx rank ${stamps}`,
    string: 'phone description searchPhoneNumber',
    datetime: dates,
  },
  email: {
    integer: `email_id contact_id person_id project_id type rank ${stamps}`,
    string: 'description email_address',
    datetime: dates,
  },
  url: {
    integer: `url_id contact_id person_id project_id type rank ${stamps}`,
    string: 'description url_address',
    datetime: dates,
  },
  text: { integer: `text_id type owner_id lcid seqno ${stamps}`, string: 'text html_text', datetime: dates },
  contactinterest: { integer: `contactinterest_id contact_id cinterest_idx ${stamps}`, datetime: dates },
  personinterest: { integer: `personinterest_id person_id pinterest_idx ${stamps}`, datetime: dates },
  associate: {
    integer: `associate_id person_id group_idx role_id type deleted ejuser_id rank ${stamps}`,
    string: 'name userName tooltip',
    datetime: dates,
  },
  udlistdefinition: { integer: 'udlistdefinition_id listTableId rank deleted', string: 'name tooltip' },
  sequence: { integer: 'sequence_id next_id', string: 'tablename' },
  ...serviceSchema,
};

const listColumns: Readonly<Record<'integer' | 'string', string>> = {
  integer: 'rank deleted',
  string: 'name tooltip',
};

const byTable = new Map<string, Map<string, DatabaseColumn>>();

for (const [table, kinds] of Object.entries(schema)) byTable.set(table, columnsFrom(kinds));
const ofLists = columnsFrom(listColumns);

function columnsFrom(kinds: Readonly<Record<string, string>>): Map<string, DatabaseColumn> {
  const columns = new Map<string, DatabaseColumn>();
  for (const kind of ['integer', 'decimal', 'string', 'datetime'] as const)
    for (const name of kinds[kind]?.split(' ') ?? []) columns.set(name.toLowerCase(), { name, kind });
  return columns;
}

/** Secrets that sandbox rows may hold and no archive answers. */
const hidden: ReadonlySet<string> = new Set(['password']);

/** Rows looked at to learn of a column that the schema does not name. */
const sampleSize = 50;

/** The column of a table, its name in any case; undefined when there is none. */
export function databaseColumn(database: Database, table: string, name: string): DatabaseColumn | undefined {
  const lower = name.toLowerCase();
  if (hidden.has(lower)) return undefined;
  const known = byTable.get(table)?.get(lower) ?? udefColumn(table, lower);
  if (known) return known;
  const stored = database.tables.get(table);
  if (stored === undefined) return undefined;
  const extra = extraField(database, table, lower);
  if (extra) return { name: extra.name, kind: kindsOfExtra[extra.type] };
  if (stored.primaryKey === lower) return { name: lower, kind: 'integer' };
  let looked = 0;
  for (const row of stored.rows.values()) {
    for (const [key, value] of Object.entries(row))
      if (key.toLowerCase() === lower && value !== null)
        return { name: key, kind: typeof value === 'number' ? 'integer' : 'string' };
    if (++looked >= sampleSize) break;
  }
  return byTable.has(table) ? undefined : ofLists.get(lower);
}

const kindsOfExtra: Readonly<Record<ExtraField['type'], ColumnKind>> = {
  Integer: 'integer',
  Checkbox: 'integer',
  Decimal: 'decimal',
  ShortText: 'string',
  LongText: 'string',
  Date: 'datetime',
  DateTime: 'datetime',
};

/** Columns of user-defined field tables are positions: `string05`, `long02`, `double01`. */
function udefColumn(table: string, name: string): DatabaseColumn | undefined {
  const match = /^ud\w+(?:small|large)$/.test(table) ? /^(string|long|double)\d{2}$/.exec(name) : null;
  if (!match) return undefined;
  return { name, kind: match[1] === 'string' ? 'string' : match[1] === 'long' ? 'integer' : 'decimal' };
}

/** Columns that a table is known to have, in the order of the documents; for descriptions. */
export function knownColumns(table: string): readonly DatabaseColumn[] {
  return [...(byTable.get(table) ?? ofLists).values()];
}

/** Foreign keys whose name does not tell their table. */
const targets: Readonly<Record<string, string>> = {
  position_idx: 'perspos',
  group_id: 'usergroup',
  group_idx: 'usergroup',
  type_idx: 'projtype',
  status_idx: 'projstatus',
  mtype_idx: 'pmembtype',
  probability_idx: 'prob',
  postittext_id: 'text',
  cinterest_idx: 'contint',
  pinterest_idx: 'persint',
  registered_associate_id: 'associate',
  updated_associate_id: 'associate',
  supportassociateid: 'associate',
  supportpersonid: 'person',
  ticketpriorityid: 'ticketpriority',
  source: 'source',
  ...serviceTargets,
  'contact.userdef_id': 'udcontactsmall',
  'contact.userdef2_id': 'udcontactlarge',
  'person.userdef_id': 'udpersonsmall',
  'person.userdef2_id': 'udpersonlarge',
  'project.userdef_id': 'udprojectsmall',
  'project.userdef2_id': 'udprojectlarge',
  title_text_id: 'text',
  agenda_text_id: 'text',
  internal_notes_text_id: 'text',
  'appointment.userdef_id': 'udappntsmall',
  'appointment.userdef2_id': 'udappntlarge',
  'document.userdef_id': 'uddocsmall',
  'document.userdef2_id': 'uddoclarge',
  'sale.userdef_id': 'udsalesmall',
  'sale.userdef2_id': 'udsalelarge',
};

/** Table that a foreign key points to; undefined when the column is none. */
export function foreignTable(database: Database, table: string, column: string): string | undefined {
  const named = targets[`${table}.${column}`] ?? targets[column] ?? column.replace(/_(id|idx)$/, '');
  return named !== column || named === 'source'
    ? database.tables.has(named)
      ? named
      : undefined
    : undefined;
}
