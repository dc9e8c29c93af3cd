import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Input } from '../inputs.ts';
import type { Strategy } from '../ports.ts';
import { type Tables, tablesOf } from './tables.ts';

/**
 * Where the updates of a file may go by mass operations; null: they are written one by one. Whether there are enough updates
 * is seen when they are there.
 */
export async function bulkTables(
  { datatype }: Pick<Input, 'datatype'>,
  strategy: Strategy,
  superoffice: SuperOffice | null,
): Promise<Tables | null> {
  const tables = tablesOf(datatype.name);
  if (strategy === 'entity' || superoffice === null || tables === null) return null;
  if (strategy === 'auto' && !superoffice.openPoints.massOperationsGranted) return null;
  const { isSystemUser } = await superoffice.principal();
  if (!isSystemUser) return null;
  return tables;
}
