import { company } from '../../datatypes/company.ts';
import { formBody } from '../archive-query.ts';
import { equalsNumber } from '../filter.ts';
import { type Experiment, yesNo } from './experiment.ts';

/** Reads nothing but the form of the answer: no record has this id. */
export const experiment: Experiment = async bench => {
  const { provider, idColumn } = company.archive;
  const query = {
    provider,
    columns: [idColumn],
    filter: equalsNumber(idColumn, -1),
    orderBy: idColumn,
    top: 1,
  };
  const path = `/v1/Archive/${provider}`;
  const refusal = await bench.refused(() =>
    bench.send({ kind: 'read', method: 'POST', path, form: formBody(query) }),
  );
  return yesNo(refusal === null, refusal === null ? `POST ${path} was answered.` : refusal.message);
};
