import { isObject, numberOf } from '../json.ts';
import { refusalText } from '../open-points.ts';
import type { Bench } from './bench.ts';
import type { Experiment } from './experiment.ts';
import { addTag } from './tag.ts';

/**
 * Names of tags are unique in the database (writing.md, section 5.2). Where tags cannot be made, applications of foreign
 * keys stand in.
 */
export const experiment: Experiment = async bench => {
  const name = `${bench.mark} twice`;
  const isTag = (await bench.refused(() => addTag(bench, name))) === null;
  const make = isTag ? addTag : makeApp;
  if (!isTag) await makeApp(bench, name);
  const refusal = await bench.refused(() => make(bench, name));
  if (refusal === null)
    return { answer: null, evidence: `Two ${isTag ? 'tags' : 'applications'} "${name}" were made.` };
  return { answer: refusalText(refusal.status, refusal.errorType), evidence: refusal.message };
};

async function makeApp(bench: Bench, name: string): Promise<void> {
  await bench.makeOther(
    'ForeignApp',
    () => bench.send({ kind: 'create', method: 'POST', path: '/v1/ForeignApp', json: { Name: name } }),
    made => {
      const id = isObject(made) ? numberOf(made, 'ForeignAppId') : 0;
      return [id, `/v1/ForeignApp/${id}`];
    },
  );
}
