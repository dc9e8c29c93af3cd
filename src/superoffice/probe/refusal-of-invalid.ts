import { textOf } from '../json.ts';
import { refusalText } from '../open-points.ts';
import type { Experiment } from './experiment.ts';

/** Names of companies hold 219 characters (writing.md, section 7.1). */
const tooLong = 400;

export const experiment: Experiment = async bench => {
  let name = '';
  const refusal = await bench.refused(async () => {
    const { record } = await bench.make('Contact', { Name: bench.mark.padEnd(tooLong, '.') });
    name = textOf(record, 'Name');
  });
  if (refusal === null)
    return {
      answer: null,
      evidence: `A name of ${tooLong} characters was taken, and kept with ${name.length}.`,
    };
  return { answer: refusalText(refusal.status, refusal.errorType), evidence: refusal.message };
};
