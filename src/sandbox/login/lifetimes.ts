/** How long things hold, in seconds. */
export interface Lifetimes {
  /** Of a ticket, from its last use (reading.md, section 3.4). */
  readonly ticket: number;
  /** Of an access token, from its issue: the `expires_in` of the answer (section 2.3). */
  readonly accessToken: number;
  /** Of an authorization code (section 2.2). */
  readonly code: number;
  /** Until the `ValidUntil` of a tenant's state (section 1.2, where no length is given). */
  readonly state: number;
}

export const documentedLifetimes: Lifetimes = {
  ticket: 6 * 60 * 60,
  accessToken: 60 * 60,
  code: 10 * 60,
  state: 30 * 60,
};
