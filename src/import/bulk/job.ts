import type { Row } from '../../mapping/row.ts';
import type { FieldUpdate } from '../../state/fields/update.ts';
import type { SuperOfficeError } from '../../superoffice/error.ts';
import type { Intent } from '../apply/intents.ts';
import type { Plan } from '../plan/plan.ts';
import type { Wanted } from '../plan/value.ts';
import type { Resolved } from '../resolve-rows.ts';
import type { RecordRows } from './table-row.ts';

/** A planned update that mass operations can carry out. */
export interface Job {
  readonly row: Row;
  /** What is remembered of the row once it is done. */
  readonly acceptance?: () => string;
  readonly plan: Extract<Plan, { todo: 'update' }>;
  readonly record: RecordRows;
  /** What its fields are left with when this much was written. */
  readonly after: (written: readonly Wanted[]) => FieldUpdate;
}

/** What became of a job. */
export type Verdict =
  | { readonly is: 'written' }
  /** Nothing of it was sent: it is for the entity engine. */
  | { readonly is: 'left' }
  /** Nothing of it was sent, and nothing more will be. */
  | { readonly is: 'ended'; readonly error: unknown }
  /** Perhaps all of it was written, perhaps some. `again`: what SuperOffice holds since. */
  | { readonly is: 'doubtful'; readonly intent: Intent; readonly again: Resolved }
  /** The same, and SuperOffice cannot be asked. */
  | { readonly is: 'unknown'; readonly error: SuperOfficeError };

/** An announced job on its way. */
export interface Doubtful {
  readonly job: Job;
  readonly intent: Intent;
  /** null: the server said nothing of one of its rows. */
  readonly reason: SuperOfficeError | null;
}
