import { isObject, isTrue, type JsonObject, numberOf } from '../json.ts';
import { type Experiment, notTried, yesNo } from './experiment.ts';

export const experiment: Experiment = async bench => {
  const list = await bench.superoffice.list('contint');
  const [first, second] = list.items.filter(item => !item.deleted);
  if (!first || !second) return notTried('there are not two interests of companies');
  const selected = [first, second].map(({ id }) => ({ Id: id, Selected: true }));
  const { id } = await bench.make('Contact', { Name: bench.mark, Interests: selected });
  const before = selectedIn(await bench.read('Contact', id));
  if (!before.has(first.id) || !before.has(second.id))
    return {
      answer: null,
      evidence: 'A new company did not keep the two interests that were posted with it.',
    };
  await bench.patch('Contact', id, [{ op: 'replace', path: '/Interests', value: selected.slice(0, 1) }]);
  const isKept = selectedIn(await bench.read('Contact', id)).has(second.id);
  return yesNo(
    !isKept,
    `Of two interests, the one that a PATCH left out was ${isKept ? 'kept' : 'unselected'}.`,
  );
};

function selectedIn({ Interests: interests }: JsonObject): ReadonlySet<number> {
  const items = Array.isArray(interests) ? interests.filter(isObject) : [];
  return new Set(items.filter(item => isTrue(item, 'Selected')).map(item => numberOf(item, 'Id')));
}
