import { company } from '../../datatypes/company.ts';
import { equalsText } from '../filter.ts';
import { type Experiment, yesNo } from './experiment.ts';

export const experiment: Experiment = async bench => {
  const { id } = await bench.make('Contact', { Name: bench.mark });
  const { provider, entities, idColumn } = company.archive;
  const rows = await bench.superoffice.archive({
    fresh: true,
    provider,
    entities,
    columns: [idColumn],
    filter: equalsText('name', bench.mark.toUpperCase()),
    orderBy: idColumn,
  });
  const isFound = rows.some(row => row.primaryKey === id);
  return yesNo(isFound, `"${bench.mark}" was ${isFound ? '' : 'not '}found in capital letters.`);
};
