import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';

/** What an extra field can hold (writing.md, section 3); more types are documented than the sandbox has fields of. */
const extraFieldTypes = [
  'Integer',
  'ShortText',
  'LongText',
  'Date',
  'DateTime',
  'Checkbox',
  'Decimal',
] as const;
export type ExtraFieldType = (typeof extraFieldTypes)[number];

/** A column that an administrator added to a table. */
export interface ExtraField {
  /** Column of the table, and its name everywhere: `x_tickuserkey01`. */
  readonly name: string;
  readonly type: ExtraFieldType;
  readonly label: string;
  readonly description: string;
  readonly isIndexed: boolean;
  readonly rank: number;
}

/** Fields per table. Definitions only ever come with the seed or the data file, so their number tells whether any came. */
const known = new WeakMap<
  Database,
  { readonly count: number; readonly fields: Map<string, readonly ExtraField[]> }
>();

/** The extra fields of a table, by rank. Empty for most. */
export function extraFieldsOf(database: Database, table: string): readonly ExtraField[] {
  const definitions = database.table('extra_fields');
  let kept = known.get(database);
  if (kept?.count !== definitions.membership) {
    kept = { count: definitions.membership, fields: new Map() };
    known.set(database, kept);
  }
  let fields = kept.fields.get(table);
  if (!fields) {
    fields = definitions
      .find('table_name', table)
      .map(id => fieldOf(definitions.get(id) ?? {}))
      .sort((a, b) => a.rank - b.rank);
    kept.fields.set(table, fields);
  }
  return fields;
}

/** By its name in any case: it is a column's. */
export function extraField(database: Database, table: string, name: string): ExtraField | undefined {
  const wanted = name.toLowerCase();
  return extraFieldsOf(database, table).find(field => field.name === wanted);
}

function fieldOf(row: DbRow): ExtraField {
  return {
    name: String(row.field_name),
    type: extraFieldTypes.find(type => type === row.type) ?? 'ShortText',
    label: String(row.label ?? ''),
    description: String(row.description ?? ''),
    isIndexed: row.is_indexed === 1,
    rank: Number(row.rank ?? 0),
  };
}

/** Adds a field; its index is there when this returns. */
export function defineExtraField(database: Database, table: string, field: ExtraField): void {
  database.table('extra_fields').insert({
    table_name: table,
    field_name: field.name,
    type: field.type,
    label: field.label,
    description: field.description,
    is_indexed: field.isIndexed ? 1 : 0,
    rank: field.rank,
  });
  if (field.isIndexed) database.table(table).index(field.name);
}

/** Makes the indexes that the definitions of a loaded database ask for. */
export function indexExtraFields(database: Database): void {
  for (const row of database.table('extra_fields').rows.values())
    if (row.is_indexed === 1) database.table(String(row.table_name)).index(String(row.field_name));
}
