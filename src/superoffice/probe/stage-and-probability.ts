import { isObject, numberOf } from '../json.ts';
import { type Experiment, notTried, yesNo } from './experiment.ts';

export const experiment: Experiment = async bench => {
  const { id: company } = await bench.make('Contact', { Name: bench.mark });
  const { id, record } = await bench.make('Sale', { Heading: bench.mark, Contact: { ContactId: company } });
  const type = isObject(record.SaleType) ? numberOf(record.SaleType, 'Id') : 0;
  const before = numberOf(record, 'Probability');
  const stages = await bench.superoffice.saleStages(type);
  const stage = stages.find(({ probability }) => probability !== null && probability !== before);
  if (!stage) return notTried(`sales of type ${type} have no stage with a probability other than ${before}`);
  await bench.patch('Sale', id, [{ op: 'replace', path: '/Rating', value: { Id: stage.id } }]);
  const after = numberOf(await bench.read('Sale', id), 'Probability');
  return yesNo(
    after === stage.probability,
    `With stage ${stage.id} of ${stage.probability} percent, the probability went from ${before} to ${after}.`,
  );
};
