import { isObject, textOf } from '../json.ts';
import { type Experiment, notTried } from './experiment.ts';
import { entityWith } from './fields.ts';

export const experiment: Experiment = async bench => {
  const found = await entityWith(bench, ({ type }) => type === 'Date' || type === 'UnlimitedDate', 1);
  const [field] = found?.fields ?? [];
  if (!found || !field) return notTried('no entity has a user-defined date');
  const { entity, body } = found;
  const { id } = await bench.make(entity, body);
  const write = (value: string): Promise<void> =>
    bench.patch(entity, id, [{ op: 'replace', path: '/CustomFields', value: { [field.progId]: value } }]);
  const isEmpty = async (): Promise<boolean> => {
    const { CustomFields: fields } = await bench.read(entity, id);
    const text = isObject(fields) ? textOf(fields, field.progId) : '';
    return text === '' || text.includes('01/01/0001');
  };
  const clearedBy = async (value: string): Promise<boolean> => {
    await write('[D:05/17/2026]');
    if (await isEmpty()) return false;
    return (await bench.refused(() => write(value))) === null && (await isEmpty());
  };
  const byYearOne = await clearedBy('[D:01/01/0001]');
  const byText = await clearedBy('');
  return {
    answer: byYearOne ? (byText ? 'either' : 'year-one') : byText ? 'empty-text' : 'neither',
    evidence: `${field.progId} was ${byYearOne ? 'emptied' : 'not emptied'} by [D:01/01/0001] and ${byText ? 'emptied' : 'not emptied'} by an empty text.`,
  };
};
