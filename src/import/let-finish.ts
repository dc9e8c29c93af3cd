import { killedAt } from '../state/unsettled.ts';
import type { Progress } from './ports.ts';

/**
 * How long SuperOffice may still be at work on a request whose sender is gone, in milliseconds: as long as a create whose
 * answer was lost is looked for.
 */
const patience = 12_000;

interface Clocks {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** A record that is only being made is found by nobody, and would be made again: a run that was killed a moment ago is waited out. */
export async function letFinish(
  stateFolder: string,
  { now, sleep }: Clocks,
  note: Progress['note'],
): Promise<void> {
  const left = patience - (now() - ((await killedAt(stateFolder)) ?? 0));
  // A clock that was set back is no reason to wait for ever.
  if (left <= 0 || left > patience) return;
  note(
    `The last run was cut off a moment ago: SuperOffice gets ${Math.ceil(left / 1000)} s to finish what it was sent`,
  );
  await sleep(left);
}
