import { isObject, textOf } from '../json.ts';
import { type Experiment, notTried, yesNo } from './experiment.ts';
import { entityWith, isText } from './fields.ts';

export const experiment: Experiment = async bench => {
  const found = await entityWith(bench, isText, 2);
  const [changed, other] = found?.fields ?? [];
  if (!found || !changed || !other) return notTried('no entity has two user-defined text fields');
  const { entity, body } = found;
  const before = { [changed.progId]: 'one', [other.progId]: 'two' };
  const { id } = await bench.make(entity, { ...body, CustomFields: before });
  await bench.patch(entity, id, [
    { op: 'replace', path: '/CustomFields', value: { [changed.progId]: 'three' } },
  ]);
  const { CustomFields: after } = await bench.read(entity, id);
  const text = isObject(after) ? textOf(after, other.progId) : '';
  const isChanged = isObject(after) && textOf(after, changed.progId) === 'three';
  if (!isChanged)
    return { answer: null, evidence: `A PATCH of ${changed.progId} of a new ${entity} changed nothing.` };
  return yesNo(text === 'two', `After a PATCH of ${changed.progId} alone, ${other.progId} was "${text}".`);
};
