import { refusalText } from '../open-points.ts';
import type { Experiment } from './experiment.ts';

/** The last id that a number of SuperOffice can hold. */
const noRecord = 2_147_483_647;

export const experiment: Experiment = async bench => {
  const path = `/v1/Contact/${noRecord}`;
  const refusal = await bench.refused(() => bench.send({ kind: 'read', method: 'GET', path }));
  if (refusal === null) return { answer: null, evidence: `GET ${path} was answered as if it were there.` };
  const answer = refusalText(refusal.status, refusal.errorType);
  bench.missingIsToldBy(answer);
  return { answer, evidence: refusal.message };
};
