import { foreignKeyGroup } from '../../src/sandbox/archive/columns/foreign-key.ts';
import { Database } from '../../src/sandbox/store/database.ts';

/** What a provider can be asked for. */
export interface ArchiveColumns {
  readonly entities: ReadonlySet<string>;
  /** The restriction type of a column (`-`: select only) and whether it sorts; null: there is no such column. */
  readonly find: (column: string) => ColumnType | null;
}

export interface ColumnType {
  readonly type: string;
  readonly sortable: boolean;
}

/** Fields of custom columns (reading.md, section 9, first table), by the number of the provider's section. */
const customPrefixes: Readonly<Record<string, RegExp>> = {
  '9.1': /^(contactUdef\/[^/]+|contactExtra\/x_\w+)$/,
  '9.2': /^(personUdef\/[^/]+|personExtra\/x_\w+)$/,
  '9.3': /^projectUdef\/[^/]+$/,
  '9.4': /^saleUdef\/[^/]+$/,
  '9.5': /^appointmentUdef\/[^/]+$/,
  '9.6': /^documentUdef\/[^/]+$/,
  '9.7': /^extra\/x_\w+$/,
  '9.8': /^ticketMessageExtra\/x_\w+$/,
};

/** Related records whose columns the document names by `person/…` alone, and the section that lists them. */
const related: Readonly<Record<string, string>> = {
  'contact/': '9.1',
  'person/': '9.2',
  'project/': '9.3',
  'sale/': '9.4',
  'ticket/': '9.7',
};

/** Restriction types (section 9) of the sandbox's custom fields, whose names tell them; of any other, text. */
const customTypes: readonly (readonly [name: RegExp, type: string])[] = [
  [/(UserNum|x_number)\d\d$/, 'int'],
  [/(UserDec|x_decimal)\d\d$/, 'decimal'],
  [/(UserCheck|x_check)\d\d$/, 'bool'],
  [/(UserDate|x_date)01$/, 'date'],
  [/UserDate02$/, 'unlimitedDate'],
  [/UserList\d\d$/, 'listAny'],
];

function typeOfCustom(column: string): string {
  return customTypes.find(([name]) => name.test(column))?.[1] ?? 'string';
}

interface Section {
  readonly text: string;
  readonly entities: ReadonlyMap<string, ReadonlySet<string>>;
  readonly columns: ReadonlyMap<string, ColumnType>;
}

/** Column tables by provider, as section 9 and 13.1 of reading.md list them; ForeignKeys as the sandbox has them. */
export function readArchiveColumns(reading: string): ReadonlyMap<string, ArchiveColumns> {
  const sections = new Map<string, Section>();
  for (const [, number = '', heading = '', text = ''] of reading.matchAll(
    /^### (9\.[1-8]) (.*)\n([\s\S]*?)(?=^###? )/gm,
  ))
    sections.set(number, { text, entities: entitiesIn(heading), columns: columnsIn(text) });
  const providers = new Map<string, ArchiveColumns>();
  for (const [number, section] of sections)
    for (const [provider, entities] of section.entities)
      providers.set(provider, { entities, find: column => findIn(sections, number, column) });
  return providers.set('AllUsers', allUsers(reading)).set('ForeignKeys', foreignKeys());
}

/** `SimplePerson` (entity `person`) or `Person` (entities `person`, `retiredPerson`) */
function entitiesIn(heading: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  let waiting: string[] = [];
  for (const [, provider, entities] of heading.matchAll(/`([A-Z]\w+)`|\(entit(?:y|ies) ([^);]*)/g)) {
    if (provider !== undefined) waiting.push(provider);
    if (entities === undefined) continue;
    for (const each of waiting)
      found.set(each, new Set([...entities.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)));
    waiting = [];
  }
  return found;
}

/** Base columns, and groups as `email/` → `emailAddress`:string, … */
function columnsIn(text: string): Map<string, ColumnType> {
  const columns = new Map<string, ColumnType>();
  for (const line of text.split('\n')) {
    const prefix = /^- `(\w+\/)` →/.exec(line)?.[1] ?? '';
    if (prefix === '' && !line.startsWith('Base: ')) continue;
    for (const [, name = '', type = '', mark] of line.matchAll(/`(\w+)`:([\w-]+)(°?)/g))
      columns.set(`${prefix}${name}`, { type, sortable: mark === '' });
  }
  return columns;
}

function findIn(sections: ReadonlyMap<string, Section>, number: string, column: string): ColumnType | null {
  const section = sections.get(number);
  const own = section?.columns.get(column);
  if (own) return own;
  if (customPrefixes[number]?.test(column)) return { type: typeOfCustom(column), sortable: true };
  const prefix = column.slice(0, column.indexOf('/') + 1);
  if (!section?.text.includes(`\`${prefix}…\``)) return null;
  // The creator of a request has the columns of its owner.
  if (prefix === 'createdBy/') return section.columns.get(column.replace(prefix, 'ownedBy/')) ?? null;
  const other = related[prefix];
  return other === undefined ? null : findIn(sections, other, column.slice(prefix.length));
}

/** Its entities are in the heading of another provider; what is asked of it stands in a sample. */
function allUsers(reading: string): ArchiveColumns {
  const sample = /Archive\/AllUsers\s+\?\$entities=(\w+)\s+&\$select=([\w,]+)/.exec(reading);
  const columns = new Set(sample?.[2]?.split(','));
  const numbers = new Set(['associateDbId', 'personId', 'contactId', 'ejUserId', 'usergroupId']);
  return {
    entities: new Set(sample?.[1] ? [sample[1]] : []),
    find: column =>
      columns.has(column) ? { type: numbers.has(column) ? 'int' : 'string', sortable: true } : null,
  };
}

function foreignKeys(): ArchiveColumns {
  const database = new Database();
  return {
    entities: new Set(),
    find: name => {
      const column = foreignKeyGroup.find(name, database);
      return column ? { type: column.restriction ?? '-', sortable: column.sortable } : null;
    },
  };
}
