import { lengthOf, makeDocument, putContent } from './document.ts';
import { type Experiment, yesNo } from './experiment.ts';

export const experiment: Experiment = async bench => {
  const id = await makeDocument(bench, `${bench.mark}.txt`);
  await putContent(bench, id, 'first');
  const refusal = await bench.refused(() => putContent(bench, id, 'the second one'));
  const length = await lengthOf(bench, id);
  return yesNo(
    refusal === null && length === 14,
    refusal === null
      ? `After a file of 5 and one of 14 bytes the document has ${length} bytes.`
      : refusal.message,
  );
};
