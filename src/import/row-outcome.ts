import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import type { SuperOfficeError } from '../superoffice/error.ts';
import type { Change, Foreseen, Status } from './result.ts';

/** The fate of a row that was worked on. */
export interface RowOutcome {
  readonly status: Status;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly changes: readonly Change[];
  /** SuperOffice holds something else than the file in one of its fields: the row is looked at again next time. */
  readonly differs?: true;
  /** Id of the record, where the row was accepted: children of this run need not look for it. */
  readonly record?: number;
  /** In a dry run, of a row that would be written. */
  readonly foreseen?: Foreseen;
}

export const notReached: RowOutcome = { status: 'notReached', problems: [], warnings: [], changes: [] };

export function refusal({ key }: Pick<Row, 'key'>, error: SuperOfficeError): Problem {
  return {
    field: null,
    value: key,
    code: error.lost ? 'answer-lost' : 'superoffice-refused',
    message: error.message,
    tip: error.hint,
  };
}
