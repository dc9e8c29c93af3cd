import type { Datatype } from '../../datatypes/datatype.ts';
import type { Row } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Status } from '../result.ts';
import { notReached, type RowOutcome } from '../row-outcome.ts';
import type { RowPlan } from '../row-plan.ts';
import { foreseenOf } from './foresee.ts';
import type { ShownPlan } from './read.ts';

/** What a plan has shown of the rows of one file. */
export interface ShownRows {
  /** The outcome of a row that would now be done otherwise; null: it is as shown. */
  moved(row: Row, planned: RowPlan): RowOutcome | null;
}

const statusOf: Readonly<Partial<Record<RowPlan['plan']['todo'], Status>>> = {
  create: 'created',
  update: 'updated',
  nothing: 'current',
};

/** Compares each row with the plan once more right before it is written: others work in SuperOffice meanwhile. */
export function guardedBy(shown: ShownPlan, { name: datatype }: Datatype): ShownRows {
  return {
    moved: (row, { plan, warnings }) => {
      const status = statusOf[plan.todo];
      // What is rejected writes nothing, and says why itself.
      if (status === undefined) return null;
      const isWork = plan.todo === 'create' || plan.todo === 'update';
      const message = shown.difference({
        datatype,
        key: row.key,
        status,
        problems: [],
        warnings,
        changes: isWork ? plan.changes : [],
        ...(isWork ? { foreseen: foreseenOf(plan) } : {}),
      });
      if (message === null) return null;
      return { ...notReached, status: 'conflict', problems: [moved(row.key, message)], warnings };
    },
  };
}

function moved(key: string, message: string): Problem {
  return {
    field: null,
    value: key,
    code: 'plan-moved',
    message,
    tip: 'It was left alone. Make a new plan, look at it, and import that.',
  };
}
