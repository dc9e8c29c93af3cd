import { isObject, type JsonObject, numberOf } from '../json.ts';
import type { Experiment } from './experiment.ts';

/** A sale that belongs to a company, which is then taken from it both ways. */
export const experiment: Experiment = async bench => {
  const { id: company } = await bench.make('Contact', { Name: bench.mark });
  const belonging = { ContactId: company };
  const { id } = await bench.make('Project', { Name: bench.mark });
  const { id: sale } = await bench.make('Sale', {
    Heading: bench.mark,
    Contact: belonging,
    Project: { ProjectId: id },
  });
  const clearedBy = async (value: unknown): Promise<boolean> => {
    const restored = { op: 'replace', path: '/Project', value: { ProjectId: id } } as const;
    await bench.patch('Sale', sale, [restored]);
    const refusal = await bench.refused(() =>
      bench.patch('Sale', sale, [{ op: 'replace', path: '/Project', value }]),
    );
    return refusal === null && projectOf(await bench.read('Sale', sale)) === 0;
  };
  const byZero = await clearedBy({ ProjectId: 0 });
  const byNull = await clearedBy(null);
  return {
    answer: byZero ? (byNull ? 'either' : 'id-0') : byNull ? 'null' : 'neither',
    evidence: `The project of a sale was ${byZero ? 'emptied' : 'not emptied'} by id 0 and ${byNull ? 'emptied' : 'not emptied'} by null.`,
  };
};

function projectOf({ Project: project }: JsonObject): number {
  return isObject(project) ? numberOf(project, 'ProjectId') : 0;
}
