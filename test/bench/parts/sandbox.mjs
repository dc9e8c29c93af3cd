import { atLeast } from '../goals.mjs';
import { toldBy } from './script.mjs';

export const summary = 'how much the embedded SuperOffice answers';

/** Requests a second. */
const goals = { creates: 3000, readsByKey: 200, readsById: 200, updates: null };

export async function* run() {
  const told = await toldBy('sandbox');
  for (const [what, goal] of Object.entries(goals))
    yield {
      what,
      value: told[what].perSecond,
      unit: 'a second',
      goal: goal === null ? null : atLeast(goal),
      detail: `${told.connections} connections`,
    };
}
