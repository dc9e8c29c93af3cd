import type { Database } from '../store/database.ts';
import { firstAllocatedNumber } from './open-points.ts';

/** The number that the next new row of `table` gets; numbers given by hand are not looked at. */
export function allocatedNumber(database: Database, table: string): string {
  return String(firstAllocatedNumber + database.table(table).nextId);
}
