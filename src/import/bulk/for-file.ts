import type { SuperOffice } from '../../superoffice/superoffice.ts';
import { WideLists } from '../../superoffice/wide-lists.ts';
import type { Input } from '../inputs.ts';
import type { Strategy } from '../ports.ts';
import { mostRows } from './batch.ts';
import { type Tables, tablesOf } from './tables.ts';

/** What is different about a file whose updates may go by mass operations. */
export interface BulkFile {
  readonly tables: Tables;
  /** The connection, for look-ups of more records at once. */
  readonly superoffice: SuperOffice;
  /** Rows that are looked up together. */
  readonly chunkSize: number;
}

/** null: its updates are written one by one. Whether there are enough updates is seen when they are there. */
export async function bulkFile(
  { datatype }: Pick<Input, 'datatype'>,
  strategy: Strategy,
  superoffice: SuperOffice | null,
): Promise<BulkFile | null> {
  const tables = tablesOf(datatype.name);
  if (strategy === 'entity' || superoffice === null || tables === null) return null;
  if (strategy === 'auto' && !superoffice.openPoints.massOperationsGranted) return null;
  const { isSystemUser } = await superoffice.principal();
  if (!isSystemUser) return null;
  return { tables, superoffice: { ...superoffice, wideLists: new WideLists() }, chunkSize: mostRows };
}
