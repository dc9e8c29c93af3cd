import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field, Slot } from '../../datatypes/field.ts';
import { type Element, elementsKey } from '../../records/current.ts';
import type { BeforeImage, Irrevocable, KeptField } from '../../state/before-images.ts';
import { mergedElements, valuesByRank } from '../plan/elements.ts';
import type { Plan } from '../plan/plan.ts';
import type { Step } from '../plan/step.ts';
import { idsTogether, type Wanted } from '../plan/value.ts';

type ElementSlot = Extract<Slot, { at: 'element' }>;

/** What is kept of a write, so that it can be taken back. @param plan with its list values added */
export function imageOf(
  n: number,
  { name }: Datatype,
  key: string,
  plan: Extract<Plan, { todo: 'create' | 'update' }>,
): BeforeImage {
  const isNew = plan.todo === 'create';
  const fields: KeptField[] = [];
  const arrays = new Map<string, { readonly slot: ElementSlot; readonly wanted: Wanted[] }>();
  for (const want of plan.wanted) {
    const { field, group } = want;
    if (field.slot.at === 'element') {
      const at = elementsKey(field.slot);
      const array = arrays.get(at) ?? { slot: field.slot, wanted: [] };
      array.wanted.push(want);
      arrays.set(at, array);
    } else if (isReadable(field)) {
      const before = isNew ? null : (plan.held.get(field) ?? null);
      const after = field.kind === 'lists' ? idsTogether(before, want.value) : want.value;
      fields.push({
        field: field.name,
        place: placeOf(field),
        ...(group === undefined ? {} : { group }),
        before,
        after,
      });
    }
  }
  for (const [at, { wanted }] of arrays) {
    const before: readonly Element[] = isNew ? [] : (plan.existing.elements.get(at) ?? []);
    const after = mergedElements(valuesByRank(wanted), before);
    fields.push({ field: wanted[0]?.field.name ?? '', place: '', before, after });
  }
  return {
    n,
    datatype: name,
    key,
    does: plan.todo,
    id: isNew ? null : plan.existing.id,
    fields,
    also: plan.steps.flatMap(step => irrevocable(step, isNew)),
  };
}

/** Prog ID and type of a more-page field: what is kept of another type means nothing. '' for the others. */
export function placeOf({ slot, list }: Field): string {
  if (slot.at !== 'custom') return '';
  return `${slot.progId} ${slot.udefType}${list === undefined ? '' : ` ${list}`}`;
}

/** What no archive shows can neither be kept nor compared. */
function isReadable({ slot }: Field): boolean {
  switch (slot.at) {
    case 'property':
      return slot.column !== '';
    case 'foreignKey':
    case 'input':
    case 'readonly':
      return false;
    default:
      return true;
  }
}

/** Files of a new record go with it; a mail has gone out. */
function irrevocable(step: Step, isNew: boolean): Irrevocable[] {
  switch (step.does) {
    case 'content':
      return isNew ? [] : [{ does: 'replace-file', name: step.file.name }];
    case 'attach':
      return isNew ? [] : [{ does: 'attach', name: step.file.name }];
    case 'mail':
      return [{ does: 'mail', name: step.mail.to.join(', ') }];
  }
}
