import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import type { RowOutcome } from './row-outcome.ts';
import { fileNotFound } from './rules/missing-file.ts';

/** Without SuperOffice a row can only be well-formed or not; well-formed rows were not reached. */
export function offlineOutcome(row: Row): RowOutcome {
  const status = row.problems.length > 0 ? 'rejected' : 'notReached';
  return { status, problems: row.problems, warnings: missingFiles(row), changes: [] };
}

/** Only SuperOffice knows whether the row can do without them. */
function missingFiles(row: Row): Problem[] {
  return [...(row.files?.missing ?? [])].flatMap(([column, names]) =>
    names.map(name => fileNotFound(column, name, row, true)),
  );
}
