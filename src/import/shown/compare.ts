import { editKept, said } from '../edits/problems.ts';
import { duplicateKey } from '../repeated-key.ts';
import type { Change, RowResult } from '../result.ts';
import {
  comparable,
  hashOfChange,
  hashOfContent,
  type PlanHead,
  type PlannedChange,
  type PlanRow,
} from './format.ts';

/** What would be done for a row now. */
export type Fresh = Pick<RowResult, 'status' | 'problems' | 'warnings' | 'changes' | 'foreseen'>;

/**
 * What would now be done otherwise than a plan has shown it, as a sentence; null: nothing. A record that already holds what
 * the plan wanted, in all of its fields or in some, is as shown: an import of the plan that was interrupted has left it so.
 * @param planned null: the plan has nothing to do for the row
 */
export function difference(planned: PlanRow | null, fresh: Fresh, head: Pick<PlanHead, 'id'>): string | null {
  const { status, problems, foreseen } = fresh;
  if (status === 'unchanged' || status === 'current') return edited(planned, fresh);
  // What a plan has shown is said of the row that has the key; this is another one.
  if (problems.some(({ code }) => code === duplicateKey)) return null;
  if (status !== 'created' && status !== 'updated')
    return planned === null ? null : (problems[0]?.message ?? 'It could not be looked at.');
  if (planned === null) return unforeseen(fresh);
  if (!foreseen) throw new Error('a row was planned without what tells plans apart');
  if (status === 'created' && planned.todo === 'update')
    return `The record ${planned.id ?? ''} is gone: it was deleted, or has lost its key.`;
  if (status === 'updated' && planned.todo === 'create' && !foreseen.isRest)
    return `SuperOffice has a record with this key by now (id ${foreseen.id ?? 'unknown'}).`;
  if (status === 'updated' && planned.todo === 'update' && foreseen.id !== planned.id)
    return `The key belongs to another record by now: ${foreseen.id ?? ''} in place of ${planned.id ?? ''}.`;
  return (
    changedOtherwise(planned, fresh, foreseen.lists, head) ??
    otherContent(planned, foreseen.contents, head) ??
    edited(planned, fresh) ??
    (planned.todo === 'create' && status === 'created' ? left(planned, fresh) : null)
  );
}

/** A change that the plan does not show, or shows otherwise. */
function changedOtherwise(
  planned: PlanRow,
  { changes }: Fresh,
  lists: readonly string[],
  head: Pick<PlanHead, 'id'>,
): string | null {
  for (const change of changes) {
    const shown = planned.changes.filter(({ field }) => field === change.field);
    if (shown.some(each => isSame(each, change, lists, head))) continue;
    return inWords(change, shown[0] ?? null, lists);
  }
  return null;
}

function isSame(
  shown: PlannedChange,
  change: Change,
  lists: readonly string[],
  head: Pick<PlanHead, 'id'>,
): boolean {
  if ('hash' in shown) return shown.hash === hashOfChange(change, lists, head);
  const [one, other] = [comparable(shown, lists), comparable(change, lists)];
  return one.from === other.from && one.to === other.to;
}

function inWords(change: Change, shown: PlannedChange | null, lists: readonly string[]): string {
  const { field, from, to } = change;
  if (shown === null) return `${field} would change from ${said(from)} to ${said(to)}, which is not planned.`;
  if ('hash' in shown)
    return `${field} is ${said(from)} and would become ${said(to)}: one of them was another.`;
  if (comparable(shown, lists).to === comparable(change, lists).to)
    return `${field} is ${said(from)} in SuperOffice by now, and was ${said(shown.from)}.`;
  return `${field} would become ${said(to)}, and ${said(shown.to)} is planned.`;
}

/** A file that a row names is not part of its data file. */
function otherContent(
  planned: PlanRow,
  contents: readonly string[],
  head: Pick<PlanHead, 'id'>,
): string | null {
  const other = contents.find(
    each => !planned.contents.includes(each) && !planned.contents.includes(hashOfContent(each, head)),
  );
  return other === undefined
    ? null
    : `The file "${other.slice(0, other.lastIndexOf(' '))}" is another by now.`;
}

/** A user's value that stays (`--on-conflict crm`), where the plan has overwritten it or not met it. */
function edited(planned: PlanRow | null, { warnings }: Fresh): string | null {
  const edit = warnings.find(({ code, field }) => code === editKept && !planned?.kept.includes(field ?? ''));
  return edit && planned ? edit.message : null;
}

/** Of a new record nothing can be there already, so nothing may be missing. */
function left(planned: PlanRow, { changes, foreseen }: Fresh): string | null {
  const gone = planned.changes.find(({ field }) => changes.every(change => change.field !== field));
  if (gone) return `${gone.field} would not be written any more.`;
  const hasAll = (foreseen?.contents.length ?? 0) >= planned.contents.length;
  return hasAll ? null : 'A file of it is not there any more.';
}

function unforeseen({ status, changes: [first] }: Fresh): string {
  if (status === 'created') return 'It would be created, and the plan has nothing to do for it.';
  const change = first ? `${first.field} would change from ${said(first.from)} to ${said(first.to)}` : 'It';
  return `${change}, and the plan has nothing to do for this row.`;
}
