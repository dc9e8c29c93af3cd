import type { Bench } from './bench.ts';

/** What an experiment found out. */
export interface Finding {
  /** One of the point's answers; null: it could not be settled here. */
  readonly answer: string | null;
  /** What was sent and what came of it, or why nothing was tried. One sentence or two. */
  readonly evidence: string;
}

/**
 * Settles one open point with records that it makes on the bench. Throws SuperOfficeError where SuperOffice refuses what
 * the experiment takes for granted.
 */
export type Experiment = (bench: Bench) => Promise<Finding>;

export function notTried(why: string): Finding {
  return { answer: null, evidence: `Not tried: ${why}.` };
}

/** `yes` or `no`. */
export function yesNo(isSo: boolean, evidence: string): Finding {
  return { answer: isSo ? 'yes' : 'no', evidence };
}
