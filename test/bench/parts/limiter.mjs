import { atMost, between } from '../goals.mjs';
import { toldBy } from './script.mjs';

export const summary = 'whether ten requests a second are what is sent, over a minute (takes one)';

export async function* run() {
  const {
    rate,
    seconds,
    requests,
    allowed,
    mostInASecondButJitter: most,
    shortestGap,
  } = await toldBy('limiter');
  yield {
    what: `requests in ${seconds} s ÷ allowed`,
    value: requests / allowed,
    unit: '×',
    goal: between(0.98, 1.02),
    detail: `${requests} ÷ ${allowed}`,
  };
  const gap = `shortest gap ${shortestGap.toFixed(1)} ms`;
  yield { what: 'most in a second', value: most, unit: 'requests', goal: atMost(rate), detail: gap };
}
