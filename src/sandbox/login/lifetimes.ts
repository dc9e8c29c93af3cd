import { type SessionLifetimes, sessionLifetimes } from '../auth/lifetimes.ts';

/** How long things hold, in seconds. */
export interface Lifetimes extends SessionLifetimes {
  /** Of an authorization code (reading.md, section 2.2). */
  readonly code: number;
  /** Until the `ValidUntil` of a tenant's state (section 1.2, where no length is given). */
  readonly state: number;
}

export const documentedLifetimes: Lifetimes = { ...sessionLifetimes, code: 10 * 60, state: 30 * 60 };
