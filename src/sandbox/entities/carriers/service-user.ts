import type { Database } from '../../store/database.ts';
import type { Reading } from '../property.ts';
import { numberOf } from '../values.ts';
import { associateCarrier } from './associate.ts';

/** The system user of customer service: who owns a ticket that nobody owns, and made what came from outside. */
export const systemEjUser = 1;

/** Associate behind a user of customer service; 0 for the system user and for one that does not exist. */
export function associateOfEjUser(database: Database, ejUserId: number): number {
  if (ejUserId <= systemEjUser) return 0;
  return database.table('associate').find('ejuser_id', ejUserId)[0] ?? 0;
}

/** User of customer service that an associate is; 0 for none. */
export function ejUserOfAssociate(database: Database, associateId: number): number {
  return numberOf(database.table('associate').get(associateId)?.ejuser_id);
}

/** The `Associate` carrier of a user of customer service; null for the system user. */
export function ejUserCarrier(ejUserId: number, reading: Reading): Record<string, unknown> | null {
  return associateCarrier(associateOfEjUser(reading.database, ejUserId), reading);
}
