import { knownColumns } from '../archive/dynamic/schema.ts';
import { extraFieldInfo } from '../extra-fields/carrier.ts';
import { extraFieldsOf } from '../extra-fields/definitions.ts';
import { type Exchange, ok, type Route, SandboxError } from '../http/exchange.ts';
import { queryValue } from '../http/names.ts';
import { type UdefOwner, udefOwners } from '../store/database.ts';
import { type CustomField, fieldInfoBase } from './carrier.ts';
import { udefStorage } from './storage.ts';

/** The live custom fields of an entity. */
export function customFieldsOf({ database, language }: Exchange, owner: UdefOwner): CustomField[] {
  return database.layout(owner).published.map(field => fieldInfoBase(owner, field, language));
}

/**
 * The custom fields of a table, named in any case; with `includeStandard` its own columns before them. undefined when
 * there is no such table.
 */
export function tableFields(
  exchange: Exchange,
  tableName: string,
  includeStandard: boolean,
): CustomField[] | undefined {
  const name = tableName.toLowerCase();
  const owner = udefOwners.find(candidate => udefStorage[candidate].main === name);
  const isKept = exchange.database.tables.has(name);
  if (!owner && !isKept) return undefined;
  const standard = includeStandard && isKept ? standardFields(name) : [];
  const extra = extraFieldsOf(exchange.database, name).map(field => extraFieldInfo(field));
  return [...standard, ...(owner ? customFieldsOf(exchange, owner) : []), ...extra];
}

/** One of them by its name, Prog IDs case-sensitively. */
export function tableField(exchange: Exchange, tableName: string, name: string): CustomField | undefined {
  return tableFields(exchange, tableName, false)?.find(field => field.FieldName === name);
}

const typesOfColumns: Readonly<Record<string, string>> = {
  integer: 'Integer',
  decimal: 'Decimal',
  datetime: 'DateTime',
};

/** No sample shows a standard field: its column's name stands for all its texts. */
function standardFields(table: string): CustomField[] {
  return knownColumns(table).map(({ name, kind }, index) => ({
    FieldType: typesOfColumns[kind] ?? 'ShortText',
    FieldName: name,
    DisplayName: name,
    Description: '',
    ShortLabel: name,
    HideLabel: false,
    HideField: false,
    IsIndexed: false,
    IsMandatory: false,
    IsReadOnly: false,
    IsExternal: false,
    IsDisplayField: false,
    Rank: index + 1,
    TemplateVariableName: null,
  }));
}

/** `/v1/Schema/{table}`: the custom fields of any table (reading.md, section 14.1). */
export const schemaRoutes: readonly Route[] = [
  [
    'GET',
    '/v1/Schema/{table}',
    (exchange, { table = '' }) => {
      const includeStandard = queryValue(exchange.query, 'includeStandard')?.toLowerCase() === 'true';
      const fields = tableFields(exchange, table, includeStandard);
      if (!fields) throw new SandboxError(404, 'SoNotFoundException', `There is no table ${table}`);
      return ok(fields);
    },
  ],
  [
    'GET',
    '/v1/Schema/{table}/{name}',
    (exchange, { table = '', name = '' }) => {
      const field = tableField(exchange, table, name);
      if (!field) throw new SandboxError(404, 'SoNotFoundException', `Table ${table} has no field ${name}`);
      return ok(field);
    },
  ],
];
