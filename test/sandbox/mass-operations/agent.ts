import type { Tenant } from '../entities/tenant.ts';
import type { Reply } from '../server/talk.ts';

export interface RowStatus {
  readonly PrimaryKey: number;
  readonly Action: string;
  readonly RowKeys: readonly string[];
}

export interface MassOperationResult {
  readonly Success: boolean;
  readonly Message: string;
  readonly Inserts: number;
  readonly Updates: number;
  readonly Deletes: number;
  readonly RowStatus: readonly RowStatus[] | null;
}

/** What a test says of an Upsert; the rest is as the documents recommend. */
export interface Upsert {
  readonly TableName: string;
  readonly Columns: readonly string[];
  readonly Keys: readonly string[];
  readonly Data: readonly (readonly unknown[])[];
  readonly NomatchAction?: string | null;
  readonly ReturnRowStatus?: boolean;
}

type Verb = 'Upsert' | 'Insert' | 'Delete' | 'Truncate';

/** Any answer. */
export function call(tenant: Tenant, verb: Verb, body: object): Promise<Reply> {
  return tenant.call('POST', `/v1/Agents/DatabaseTable/${verb}`, { body });
}

/** The result of a call that must answer 200. */
export async function result(tenant: Tenant, verb: Verb, body: object): Promise<MassOperationResult> {
  const { status, json, text } = await call(tenant, verb, body);
  if (status !== 200) throw new Error(`${verb}: ${status} ${text}`);
  return json as MassOperationResult;
}

export function upsert(tenant: Tenant, request: Upsert): Promise<MassOperationResult> {
  return result(tenant, 'Upsert', withDefaults(request));
}

/** The words of an Upsert that must be refused. */
export async function refused(tenant: Tenant, request: Upsert): Promise<string> {
  const { status, json } = await call(tenant, 'Upsert', withDefaults(request));
  const { ErrorType, ErrorMessage } = json as { ErrorType: string; ErrorMessage: string };
  if (status !== 500 || ErrorType !== 'SoMassOperationException')
    throw new Error(`not refused: ${status} ${JSON.stringify(json)}`);
  return ErrorMessage;
}

function withDefaults(request: Upsert): Upsert {
  return { NomatchAction: 'NoChange', ReturnRowStatus: true, ...request };
}

/** Rows of a table as the dynamic archive has them, in the order of their primary keys. */
export async function rowsOf(
  tenant: Tenant,
  table: string,
  columns: readonly string[],
  filter: string,
): Promise<unknown[][]> {
  const key = `${table}.${table}_id`;
  const names = columns.map(column => `${table}.${column}`);
  const query = new URLSearchParams({ $select: [key, ...names].join(), $filter: filter, $orderby: key });
  const { value } = await tenant.json('GET', `/v1/Archive/dynamic?${query}`);
  if (!Array.isArray(value)) throw new Error('no rows');
  return value.map(row => names.map(name => row[name]));
}
