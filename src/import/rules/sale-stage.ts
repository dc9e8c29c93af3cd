import { orList } from '../../problems/or-list.ts';
import type { Problem } from '../../problems/problem.ts';
import { heldValue } from '../../records/held.ts';
import type { PlainValue } from '../../records/value.ts';
import { type Candidate, fieldNamed, type Rule, want, wantedOf } from './rule.ts';

/** Stage and probability: the latter is not documented to follow (writing.md, section 2), so both are sent. */
const group = 'stage';

/**
 * A stage has to be one of those that the type of sale has (reading.md, section 12.6), the one that the sale is in when
 * only its type changes too. A new stage brings its probability along unless the row names one. A new sale without a type gets SuperOffice's own default, which cannot be known: there the
 * stage is left to SuperOffice to judge.
 */
export const saleStage: Rule = {
  settle: async candidate => {
    const { wanted, superoffice, datatype } = candidate;
    const stage = wantedOf(wanted, 'Stage');
    const saleType = typeOf(candidate);
    if (!stage) return { problems: await leftBehind(candidate, saleType) };
    if (typeof stage.value !== 'number' || saleType === 0) return {};
    // What it was is not judged: stages are taken away from types, and stay on their sales.
    if (isHeld(candidate, 'Stage', stage.value) && isHeld(candidate, 'SaleType', saleType)) return {};
    const stages = await superoffice.saleStages(saleType);
    const allowed = stages.find(({ id }) => id === stage.value);
    if (!allowed)
      return {
        problems: [
          notAllowed(
            stage.text,
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

function isHeld({ existing, directory, datatype }: Candidate, name: string, id: number): boolean {
  return existing !== null && heldValue(fieldNamed(datatype, name), existing, directory).value === id;
}

/** Id of the sale type that counts: the row's, else the sale's own; 0: not known. */
function typeOf({ wanted, existing, directory, datatype }: Candidate): number {
  const given = wantedOf(wanted, 'SaleType')?.value;
  const held: PlainValue = existing
    ? heldValue(fieldNamed(datatype, 'SaleType'), existing, directory).value
    : null;
  return Number(given ?? held ?? 0);
}

/** The stage of a known sale that its new type does not have: SuperOffice would refuse the type. */
async function leftBehind(candidate: Candidate, saleType: number): Promise<Problem[]> {
  const { wanted, existing, superoffice, datatype, directory } = candidate;
  if (!existing || !wantedOf(wanted, 'SaleType') || saleType === 0) return [];
  if (isHeld(candidate, 'SaleType', saleType)) return [];
  const held = heldValue(fieldNamed(datatype, 'Stage'), existing, directory);
  const ids = (await superoffice.saleStages(saleType)).map(({ id }) => id);
  return held.value === null || ids.length === 0 || ids.includes(Number(held.value))
    ? []
    : [notAllowed(held.text, saleType, ids, candidate)];
}

function notAllowed(
  stage: string | null,
  saleType: number,
  ids: readonly number[],
  { directory }: Candidate,
): Problem {
  const list = directory.lists.get('Rating');
  const names = ids.map(id => list?.byId(id)?.name ?? `#${id}`);
  const type = directory.lists.get('SaleType')?.byId(saleType)?.name ?? `#${saleType}`;
  return {
    field: 'Stage',
    value: stage,
    code: 'stage-not-of-type',
    message: `Sales of the type "${type}" have no stage "${stage ?? ''}".`,
    tip:
      names.length === 0
        ? 'Give that type of sale its stages in SuperOffice.'
        : `Write ${orList(names)}, or give that type of sale the stage in SuperOffice.`,
  };
}
