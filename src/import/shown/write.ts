import { createHash } from 'node:crypto';
import { editKept } from '../edits/problems.ts';
import type { RowResult, RunResult } from '../result.ts';
import {
  endLine,
  hashOfChange,
  hashOfContent,
  headLine,
  type PlanHead,
  type PlanRow,
  rowLine,
  rowsEnd,
} from './format.ts';

export interface PlanText {
  readonly head: PlanHead;
  /** False: hashes stand for the values of fields. */
  readonly keepValues: boolean;
  /** Blanks out secrets. */
  readonly mask: (text: string) => string;
}

/** Bytes that are gathered before they are written. */
const flushAt = 1 << 18;

/** Writes the plan of a validation: each row that would be written, in the order of the files. Memory stays flat. */
export async function writePlanText(
  result: Pick<RunResult, 'files' | 'rows'>,
  { head, keepValues, mask }: PlanText,
  write: (text: string) => Promise<void>,
): Promise<void> {
  const datatypes = new Map(result.files.map(({ file, datatype }) => [file, datatype]));
  const sum = createHash('sha256');
  let pending = '';
  const put = async (text: string): Promise<void> => {
    sum.update(text);
    pending += text;
    if (pending.length < flushAt) return;
    await write(pending);
    pending = '';
  };
  let rows = 0;
  await put(mask(headLine(head)));
  for await (const row of result.rows()) {
    const planned = planRow(row, datatypes.get(row.file) ?? '');
    if (planned === null) continue;
    const bare = (): PlanRow => withoutValues(planned, row, head);
    const line = rowLine(keepValues ? planned : bare(), rows === 0);
    // A value that is a secret, too, must not be in it, and still be told from any other.
    await put(mask(line) === line ? line : mask(rowLine(bare(), rows === 0)));
    rows++;
  }
  await put(rowsEnd(rows));
  await write(pending + endLine({ rows, sha256: sum.digest('hex') }));
}

function planRow(row: RowResult, datatype: string): PlanRow | null {
  const { file, place, key, status, changes, warnings, foreseen } = row;
  if (!foreseen || (status !== 'created' && status !== 'updated')) return null;
  const { id, contents } = foreseen;
  const kept = warnings.flatMap(({ code, field }) => (code === editKept && field !== null ? [field] : []));
  const todo = status === 'created' ? 'create' : 'update';
  return { file, place, datatype, key, todo, id, changes, contents, kept };
}

function withoutValues(planned: PlanRow, { changes, foreseen }: RowResult, head: PlanHead): PlanRow {
  const lists = foreseen?.lists ?? [];
  return {
    ...planned,
    changes: changes.map(change => ({ field: change.field, hash: hashOfChange(change, lists, head) })),
    contents: planned.contents.map(content => hashOfContent(content, head)),
  };
}
