import { numberOf } from '../json.ts';
import { type Experiment, yesNo } from './experiment.ts';

export const experiment: Experiment = async bench => {
  const { id: company } = await bench.make('Contact', { Name: bench.mark });
  const { id } = await bench.make('Sale', {
    Heading: bench.mark,
    Contact: { ContactId: company },
    Amount: 1000,
    EarningPercent: 40,
    Earning: 400,
  });
  await bench.patch('Sale', id, [{ op: 'replace', path: '/Earning', value: 250 }]);
  const sale = await bench.read('Sale', id);
  const percent = numberOf(sale, 'EarningPercent');
  return yesNo(
    percent === 25,
    `With an amount of 1000 and 40 percent, an earning of 250 alone left amount ${numberOf(sale, 'Amount')}, ${percent} percent, earning ${numberOf(sale, 'Earning')}.`,
  );
};
