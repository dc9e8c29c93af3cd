import { knownColumns } from '../archive/dynamic/schema.ts';
import type { Database } from '../store/database.ts';
import type { Table } from '../store/table.ts';
import type { CellKind, CellType } from './cells.ts';
import { accessRefused, MassFailure } from './failure.ts';

/** What mass operations know of a table (writing.md, section 7). */
interface TableRules {
  /** Columns that every request must name. */
  readonly required: string;
  /** Most characters of text columns: `name(219)`. Those that no document measures take any text. */
  readonly lengths: string;
  /** No two rows hold the same values in these; the first is indexed. */
  readonly unique?: readonly string[];
  /** Deleting marks the row. */
  readonly isSoftDeleted?: true;
}

const rules: Readonly<Record<string, TableRules>> = {
  contact: {
    required: 'name country_id business_idx category_idx',
    lengths: 'name(219) department(219) number1(49) number2(49) orgNr(49) kananame(219) dbi_key(255)',
    isSoftDeleted: true,
  },
  person: {
    required: 'contact_id rank firstname country_id business_idx category_idx',
    lengths:
      'firstname(99) lastname(99) middleName(99) mrmrs(239) title(239) salutation(239) person_number(49) dbi_key(255)',
    isSoftDeleted: true,
  },
  project: { required: 'type_idx associate_id', lengths: 'name(219) project_number(49)' },
  sale: {
    required: 'associate_id group_idx contact_id saledate probability_idx appointment_id project_id',
    lengths: 'heading(219) number1(49)',
  },
  appointment: {
    required: 'associate_id group_idx done task_idx owned_externally',
    lengths: 'location(254)',
  },
  document: { required: 'application_id name contentSetCount', lengths: 'name(511)' },
  ticket: {
    required: 'status ticket_status priority category read_status ticket_type',
    lengths: '',
  },
  text: { required: 'updatedCount', lengths: 'text(4000)' },
  contactinterest: {
    required: 'contact_id cinterest_idx',
    lengths: '',
    unique: ['contact_id', 'cinterest_idx'],
  },
  personinterest: {
    required: 'person_id pinterest_idx',
    lengths: '',
    unique: ['person_id', 'pinterest_idx'],
  },
  projectmember: { required: 'event_participant_status', lengths: '' },
  address: {
    required: 'owner_id atype_idx zipcode',
    lengths: 'zipcode(11) city(79) state(5) county(29) address1(79) address2(79) address3(79)',
    unique: ['owner_id', 'atype_idx'],
  },
  phone: {
    required: 'owner_id ptype_idx phone',
    lengths: 'phone(239) description(99) searchPhoneNumber(239)',
  },
  email: {
    required: 'type description email_address rank',
    lengths: 'description(254) email_address(239)',
  },
  url: { required: 'type description url_address rank', lengths: 'description(254) url_address(1023)' },
};

/** Any use is refused (writing.md, section 6.4). */
const protectedTables: ReadonlySet<string> = new Set(
  (
    'associate ejuser credentials modulelicense modulelicenselink moduleowner licenseassoclink functionright role ' +
    'functionrightrolelink userrolelink registry config user_candidate user_attribute login login_customer locking ' +
    'erpconfiguration erpconnection erpconnector erpconnectionaccess travelcurrent batchtask email_account ' +
    'databasemodel sequence'
  ).split(' '),
);

export interface StoredColumn extends CellType {
  /** As rows have it. */
  readonly name: string;
}

/** A built-in table as its mass operations see it. */
export interface MassTable {
  readonly table: Table;
  /** By lower-case name, with the primary key. */
  readonly columns: ReadonlyMap<string, StoredColumn>;
  readonly required: readonly string[];
  readonly unique: readonly string[];
  readonly isSoftDeleted: boolean;
}

const kinds: ReadonlySet<string> = new Set<CellKind>(['integer', 'decimal', 'string', 'datetime']);

/**
 * The table of a request, its name in any case. Throws 403 for a protected one and MassFailure for one that is not there;
 * of the others the sandbox takes those whose columns are documented.
 */
export function massTable(database: Database, tableName: string): MassTable {
  const name = tableName.toLowerCase();
  if (protectedTables.has(name))
    throw accessRefused(`Table '${tableName}' is protected: mass operations may not use it`);
  const table = database.tables.get(name);
  const known = Object.hasOwn(rules, name) ? rules[name] : undefined;
  const udefColumns = udefColumnsOf(name);
  if (!table || (!known && !udefColumns))
    throw new MassFailure(
      `Table '${tableName}' does not exist, or this sandbox has no mass operations on it`,
    );
  return {
    table,
    columns: new Map(
      [
        { name: table.primaryKey, kind: 'integer' as const, length: 0 },
        ...(udefColumns ?? columnsOf(name, known)),
      ].map(column => [column.name.toLowerCase(), column]),
    ),
    required: words(known?.required ?? ''),
    unique: known?.unique ?? [],
    isSoftDeleted: known?.isSoftDeleted ?? false,
  };
}

function columnsOf(name: string, known: TableRules | undefined): StoredColumn[] {
  const lengths = new Map(
    words(known?.lengths ?? '').map(text => {
      const [column = '', length] = text.split(/[()]/);
      return [column, Number(length)];
    }),
  );
  return knownColumns(name).flatMap(({ name: column, kind }) =>
    isCellKind(kind) ? [{ name: column, kind, length: lengths.get(column) ?? Number.POSITIVE_INFINITY }] : [],
  );
}

function isCellKind(kind: string): kind is CellKind {
  return kinds.has(kind);
}

/** `string01` and so on; undefined for a table that holds no user-defined fields (writing.md, section 7.3). */
function udefColumnsOf(name: string): StoredColumn[] | undefined {
  const [, size] = /^ud(?:contact|person|project|sale|appnt|doc)(small|large)$/.exec(name) ?? [];
  if (size === 'large') return numbered('string', 41, 49, { kind: 'string', length: 199 });
  if (size === undefined) return undefined;
  return [
    ...numbered('long', 1, 60, { kind: 'integer', length: 0 }),
    ...numbered('string', 1, 40, { kind: 'string', length: 39 }),
    ...numbered('double', 1, 10, { kind: 'decimal', length: 0 }),
  ];
}

function numbered(prefix: string, first: number, last: number, type: CellType): StoredColumn[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    ...type,
    name: `${prefix}${String(first + index).padStart(2, '0')}`,
  }));
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
