import { documentOf } from '../support/document.ts';
import { type FaultyProxy, type Seen, startFaultyProxy } from '../support/faulty-proxy.ts';
import { type Ended, runSic } from '../support/program.ts';
import type { Tenant } from '../support/tenant.ts';
import { hurriedWorkplace, type Workplace } from '../support/workplace.ts';

export const upsertPath = '/v1/Agents/DatabaseTable/Upsert';

/** A workplace with a proxy before SuperOffice, so that requests can be counted and spoiled. */
export interface Desk {
  readonly place: Workplace;
  readonly proxy: FaultyProxy;
  /** Imports, and answers the document. Throws when it ends with another code than this one; null: any. */
  imports(
    file: string,
    flags?: readonly string[],
    code?: number | null,
  ): Promise<ReturnType<typeof documentOf>>;
}

export async function desk(tenant: Tenant, username = tenant.username): Promise<Desk> {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace({ ...tenant, username }, proxy.url);
  return {
    place,
    proxy,
    imports: async (file, flags = [], code = 0) => {
      const ended = await runSic(['import', file, '--json', ...flags], place);
      requireCode(ended, code);
      return documentOf(ended);
    },
  };
}

function requireCode({ code, stdout, stderr }: Ended, wanted: number | null): void {
  if (wanted !== null && code !== wanted)
    throw new Error(`ended with ${code}, not ${wanted}: ${stderr}\n${stdout.slice(0, 2000)}`);
}

export interface UpsertBody {
  readonly TableName: string;
  readonly Columns: readonly string[];
  readonly Keys: readonly string[];
  readonly Data: readonly (readonly string[])[];
  readonly NomatchAction: string;
  readonly ReturnRowStatus: boolean;
}

export function isUpsert({ path }: Seen): boolean {
  return path === upsertPath;
}

export function upsertsIn({ seen }: FaultyProxy): UpsertBody[] {
  return seen.filter(isUpsert).map(({ body }) => JSON.parse(body) as UpsertBody);
}

/** A file of rows; cells of one row by column. */
export function csv(rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return [columns, ...rows.map(row => columns.map(column => row[column] ?? ''))]
    .map(cells => `${cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(';')}\n`)
    .join('');
}

const passing: ReadonlySet<string> = new Set(['UpdatedDate', 'CreatedDate', 'FieldProperties', '_Links']);

/** Makes companies without sic, with the keys `prefix-1` to `prefix-COUNT`: nothing is known of them. */
export async function makeCompanies(tenant: Tenant, prefix: string, count: number): Promise<number[]> {
  const { country_id, business_idx, category_idx } = { country_id: 578, business_idx: 1, category_idx: 1 };
  const cells = [country_id, business_idx, category_idx].map(id => `[I:${id}]`);
  const names = Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}`);
  const upsert = (TableName: string, Keys: string[], Columns: string[], Data: string[][]) =>
    tenant.ask<{ Success: boolean; RowStatus: { PrimaryKey: number; RowKeys: string[] }[] }>(
      'POST',
      upsertPath,
      {
        TableName,
        Keys,
        Columns,
        Data,
        NomatchAction: 'NoChange',
        ReturnRowStatus: true,
      },
    );
  const made = await upsert(
    'contact',
    ['dbi_key'],
    ['name', 'country_id', 'business_idx', 'category_idx', 'dbi_key'],
    names.map(name => [name, ...cells, name]),
  );
  const ids = new Map(made.RowStatus.map(({ PrimaryKey, RowKeys }) => [RowKeys[0], PrimaryKey]));
  const inOrder = names.map(name => ids.get(name) ?? 0);
  await upsert(
    'udcontactsmall',
    ['contact_id'],
    ['contact_id', 'Siteshop:CompUserKey01'],
    inOrder.map((id, index) => [`[I:${id}]`, `${prefix}-${index + 1}`]),
  );
  return inOrder;
}

/** What SuperOffice holds of an entity's records, without what differs from day to day, by their user key. */
export async function stored(
  tenant: Tenant,
  entity: 'Contact' | 'Person' | 'Project' | 'Sale' | 'Appointment' | 'Document',
  keyField: string,
  prefix: string,
  without: readonly string[] = [],
): Promise<Map<string, Record<string, unknown>>> {
  const ids = await idsOf(tenant, entity, keyField, prefix);
  const records = new Map<string, Record<string, unknown>>();
  await Promise.all(
    [...ids].map(async ([key, id]) => {
      const record = await tenant.ask<Record<string, unknown>>('GET', `/v1/${entity}/${id}`);
      const text = JSON.stringify(record, (name, value) =>
        passing.has(name) || without.includes(name) ? undefined : value,
      );
      records.set(key, JSON.parse(text));
    }),
  );
  return records;
}

const columns = {
  Contact: ['contactId', 'contactUdef/'],
  Person: ['personId', 'personUdef/'],
  Project: ['projectId', 'projectUdef/'],
  Sale: ['saleId', 'saleUdef/'],
  Appointment: ['appointmentId', 'appointmentUdef/'],
  Document: ['documentId', 'documentUdef/'],
} as const;

export async function idsOf(
  tenant: Tenant,
  entity: keyof typeof columns,
  keyField: string,
  prefix: string,
): Promise<Map<string, number>> {
  const [id, udef] = columns[entity];
  const column = `${udef}Siteshop:${keyField}`;
  const query = new URLSearchParams({
    $select: `${id},${column}`,
    $filter: `${column} begins '${prefix}'`,
    $top: '5000',
  });
  const { value } = await tenant.ask<{ value: Record<string, string | number>[] }>(
    'GET',
    `/v1/${entity}?${query}`,
  );
  return new Map(value.map(row => [String(row[column]), Number(row[id] ?? row.PrimaryKey)]));
}
