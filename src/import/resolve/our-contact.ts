import type { Problem } from '../../problems/problem.ts';
import type { Wanted } from '../plan/value.ts';

export interface OurContact {
  /** The row's values with at most one of the two columns left. */
  readonly wanted: readonly Wanted[];
  readonly warnings: readonly Problem[];
  readonly problem: Problem | null;
}

/**
 * AssociateName and AssociateFullName write one field: both may be there, as long as they mean the same user. A known
 * user in one of them beats the stand-in for an unknown one in the other.
 */
export function settleOurContact(wanted: readonly Wanted[], warnings: readonly Problem[]): OurContact {
  const columns = wanted.filter(want => want.field.kind === 'associate');
  const [first, second] = columns.filter(want => !want.standIn);
  const chosen = first ?? columns[0];
  const told =
    first && columns.length > 1
      ? warnings.map(warning =>
          warning.code === 'associate-not-found'
            ? {
                ...warning,
                message: `"${warning.value ?? ''}" is no user in SuperOffice; ${first.field.name} says who is meant.`,
              }
            : warning,
        )
      : warnings;
  return {
    wanted: wanted.filter(want => want.field.kind !== 'associate' || want === chosen),
    warnings: told,
    problem: first && second && first.value !== second.value ? contradiction(first, second) : null,
  };
}

function contradiction(first: Wanted, second: Wanted): Problem {
  return {
    field: second.field.name,
    value: second.text,
    code: 'associate-contradiction',
    message: `${first.field.name} means ${first.text ?? 'nobody'}, but ${second.field.name} means ${second.text ?? 'nobody'}.`,
    tip: 'Keep one of the two columns.',
  };
}
