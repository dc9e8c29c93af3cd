import type { Row } from '../mapping/row.ts';
import type { RowOutcome } from './chunk.ts';

/** Without SuperOffice a row can only be well-formed or not; well-formed rows were not reached. */
export function offlineOutcome(row: Row): RowOutcome {
  const status = row.problems.length > 0 ? 'rejected' : 'notReached';
  return { status, problems: row.problems, warnings: [], changes: [] };
}
