import { SuperOfficeError } from '../error.ts';
import { type Experiment, notTried } from './experiment.ts';

/** Enough to be noticed, and over in a few seconds at ten a second. */
const burst = 60;

/** Never provoked unasked: SuperOffice wants custom applications to stay at ten calls a second. */
export const experiment: Experiment = async bench => {
  const { rate, http } = bench;
  if (rate === null) return notTried('name a rate with --rate to have it tried at that rate');
  const before = http.requests.retried;
  const one = (): Promise<unknown> =>
    http.send({ kind: 'read', method: 'GET', path: '/v1/User/currentPrincipal' });
  const pace = rate === 0 ? 'without a limit' : `at ${rate} a second`;
  try {
    await Promise.all(Array.from({ length: burst }, one));
  } catch (error) {
    if (!(error instanceof SuperOfficeError) || error.status !== 429) throw error;
    return {
      answer: '429',
      evidence: `Of ${burst} requests ${pace} some were refused for good: ${error.message}`,
    };
  }
  const waited = http.requests.retried - before;
  return {
    answer: waited > 0 ? '429' : 'never',
    evidence: `Of ${burst} requests ${pace}, ${waited} were told to come back later.`,
  };
};
