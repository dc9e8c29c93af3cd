import { orList } from '../../problems/or-list.ts';
import type { Problem } from '../../problems/problem.ts';
import type { PlainValue, Wanted } from '../plan/value.ts';
import { heldValue } from '../resolve/held.ts';
import { type Candidate, fieldNamed, type Rule, want, wantedOf } from './rule.ts';

/** Stage and probability: the latter is not documented to follow (writing.md, section 2), so both are sent. */
const group = 'stage';

/**
 * A stage has to be one of those that the type of sale has (reading.md, section 12.6), and brings its probability along
 * unless the row names one. A new sale without a type gets SuperOffice's own default, which cannot be known: there the
 * stage is left to SuperOffice to judge.
 */
export const saleStage: Rule = {
  settle: async candidate => {
    const { wanted, superoffice, datatype } = candidate;
    const stage = wantedOf(wanted, 'Stage');
    const saleType = typeOf(candidate);
    if (!stage || typeof stage.value !== 'number' || saleType === 0) return {};
    const stages = await superoffice.saleStages(saleType);
    const allowed = stages.find(({ id }) => id === stage.value);
    if (!allowed)
      return {
        problems: [
          notAllowed(
            stage,
            saleType,
            stages.map(({ id }) => id),
            candidate,
          ),
        ],
      };
    if (allowed.probability === null || wantedOf(wanted, 'Probability')) return {};
    return {
      wanted: [
        ...wanted.map(each => (each === stage ? { ...each, group } : each)),
        want(fieldNamed(datatype, 'Probability'), allowed.probability, { group, follows: true }),
      ],
    };
  },
};

/** Id of the sale type that counts: the row's, else the sale's own; 0: not known. */
function typeOf({ wanted, existing, directory, datatype }: Candidate): number {
  const given = wantedOf(wanted, 'SaleType')?.value;
  const held: PlainValue = existing
    ? heldValue(fieldNamed(datatype, 'SaleType'), existing, directory).value
    : null;
  return Number(given ?? held ?? 0);
}

function notAllowed(
  stage: Wanted,
  saleType: number,
  ids: readonly number[],
  { directory }: Candidate,
): Problem {
  const list = directory.lists.get('Rating');
  const names = ids.map(id => list?.byId(id)?.name ?? `#${id}`);
  const type = directory.lists.get('SaleType')?.byId(saleType)?.name ?? `#${saleType}`;
  return {
    field: 'Stage',
    value: stage.text,
    code: 'stage-not-of-type',
    message: `Sales of the type "${type}" have no stage "${stage.text ?? ''}".`,
    tip:
      names.length === 0
        ? 'Give that type of sale its stages in SuperOffice.'
        : `Write ${orList(names)}, or give that type of sale the stage in SuperOffice.`,
  };
}
