import { makeDocument, putContent } from './document.ts';
import { type Experiment, yesNo } from './experiment.ts';

export const experiment: Experiment = async bench => {
  const kept = async (name: string): Promise<string> =>
    putContent(bench, await makeDocument(bench, name), 'content');
  const name = `${bench.mark} name.txt`;
  await kept(name);
  const again = await kept(name);
  const odd = `${bench.mark} 1:2?.txt`;
  let oddKept = '';
  const refusal = await bench.refused(async () => {
    oddKept = await kept(odd);
  });
  return yesNo(
    again !== name || refusal !== null || oddKept !== odd,
    `A second "${name}" was kept as "${again}", "${odd}" ${refusal === null ? `as "${oddKept}"` : 'was refused'}.`,
  );
};
