import type { Call } from './call.ts';
import { SuperOfficeError } from './error.ts';
import type { Http } from './http.ts';
import { isObject, isTrue, type JsonObject, textOf } from './json.ts';
import { shownName } from './multi-language.ts';

/** What a provider says of one of its columns (reading.md, section 7.5). */
export interface ArchiveColumnInfo {
  /** As the server spells it: `contactUdef/Siteshop:CompUserKey01`. */
  readonly name: string;
  /** Decides the operators of filters: `stringorPK`, `listAny`, …; '' when the column cannot be filtered. */
  readonly restriction: string;
  readonly sortable: boolean;
  /** MDO list of the values; '' when there is none. Also set for columns that are no lists, to choose a record from. */
  readonly list: string;
  /** How it is shown: `int`, `checkbox`, `icon`, … */
  readonly type: string;
  /** For people, in English. */
  readonly label: string;
}

/** Else names come as `[SR_COMPANY_NAME]`. */
const inEnglish = { 'accept-language': 'en' };

/**
 * Every column of a provider by its name: those of related records and user-defined fields of both are among them, under
 * the names that a query takes. Throws SuperOfficeError for a provider that does not exist.
 */
export async function readArchiveColumns(
  http: Http,
  provider: string,
): Promise<ReadonlyMap<string, ArchiveColumnInfo>> {
  const ask = async (call: Pick<Call, 'method' | 'path' | 'json'>) => {
    const json = await http.send({ kind: 'read', ...call, headers: inEnglish, lacks });
    return new Map(columnsIn(json).map(column => [textOf(column, 'Name'), toInfo(column)]));
  };
  try {
    return await ask({ method: 'GET', path: `/v1/Archive/${encodeURIComponent(provider)}/$metadata` });
  } catch (error) {
    // A server that has no such address does not say so differently from one that has no such provider.
    if (!(error instanceof SuperOfficeError) || error.scope === 'tenant') throw error;
    const path = '/v1/Agents/Archive/GetAvailableColumns';
    return ask({ method: 'POST', path, json: { ProviderName: provider, Context: '' } });
  }
}

/**
 * The column that a name means: exactly it, else the only one that differs in letter case alone. null: none, or several,
 * as Prog IDs may do.
 */
export function findArchiveColumn(
  columns: ReadonlyMap<string, ArchiveColumnInfo>,
  name: string,
): ArchiveColumnInfo | null {
  const exact = columns.get(name);
  if (exact) return exact;
  const lower = name.toLowerCase();
  const [found, ...others] = [...columns.values()].filter(column => column.name.toLowerCase() === lower);
  return found && others.length === 0 ? found : null;
}

function lacks(json: unknown): string | null {
  return columnsIn(json).length > 0 ? null : 'columns';
}

/** An object by name in the samples, a list from the agent, and one under `value` in the specification. */
function columnsIn(json: unknown): JsonObject[] {
  const list = isObject(json) && Array.isArray(json.value) ? json.value : json;
  const given = isObject(list) ? Object.values(list) : Array.isArray(list) ? list : [];
  return given.filter(isObject).filter(column => textOf(column, 'Name') !== '');
}

function toInfo(column: JsonObject): ArchiveColumnInfo {
  return {
    name: textOf(column, 'Name'),
    restriction: isTrue(column, 'CanRestrictBy') ? textOf(column, 'RestrictionType') : '',
    sortable: isTrue(column, 'CanOrderBy'),
    list: textOf(column, 'RestrictionListName'),
    type: textOf(column, 'DisplayType'),
    label: shownName(textOf(column, 'DisplayName')),
  };
}
