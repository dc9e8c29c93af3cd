import type { Work } from '../apply/apply.ts';
import { changeBy } from '../plan/step.ts';
import type { Foreseen } from '../result.ts';

/** What a dry run remembers of a row that would be written, besides the changes that people are shown. */
export function foreseenOf({ wanted, changes, steps, ...plan }: Work): Foreseen {
  const contents = steps.flatMap(step =>
    step.does === 'mail' ? [] : [`${step.file.name} ${step.file.checksum}`],
  );
  const lists = wanted.flatMap(({ field: { kind, name } }) =>
    kind === 'list' || kind === 'lists' ? [name] : [],
  );
  const bySteps = steps.filter(step => changeBy(step) !== null).length;
  return {
    id: plan.todo === 'update' ? plan.existing.id : null,
    isRest: plan.todo === 'update' && changes.length === bySteps,
    lists: lists.filter(name => changes.some(({ field }) => field === name)),
    contents,
  };
}
