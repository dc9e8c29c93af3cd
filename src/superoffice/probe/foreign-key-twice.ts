import { equalsText } from '../filter.ts';
import type { Experiment } from './experiment.ts';
import { makeForeignDevice } from './foreign-app.ts';

export const experiment: Experiment = async bench => {
  const { id } = await bench.make('Contact', { Name: bench.mark });
  const { app, path } = await makeForeignDevice(bench);
  const save = (value: string): Promise<unknown> =>
    bench.send({
      kind: 'repeatable',
      method: 'PUT',
      path: `${path}/Key`,
      json: { Key: 'probe', Value: value, RecordId: id, TableName: 'contact' },
    });
  bench.deleteLater('ForeignKey', null, `${path}/Key/probe/contact/${id}`);
  await save('first');
  const refusal = await bench.refused(() => save('second'));
  if (refusal !== null) return { answer: 'refused', evidence: refusal.message };
  const rows = await bench.superoffice.archive({
    fresh: true,
    provider: 'ForeignKeys',
    columns: ['keyId', 'keyValue'],
    filter: equalsText('appName', app),
    orderBy: 'keyId',
  });
  const values = rows.map(({ cells }) => cells.get('keyValue')?.display ?? '');
  return {
    answer: values.length > 1 ? 'adds' : values[0] === 'second' ? 'replaces' : null,
    evidence: `A key that was saved as "first" and as "second" is kept as ${values.map(value => `"${value}"`).join(' and ') || 'nothing'}.`,
  };
};
