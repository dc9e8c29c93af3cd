import { type Experiment, yesNo } from './experiment.ts';
import { addTag } from './tag.ts';

export const experiment: Experiment = async bench => {
  const refusal = await bench.refused(() => addTag(bench, bench.mark));
  return yesNo(refusal === null, refusal === null ? `The tag "${bench.mark}" was added.` : refusal.message);
};
