/** How long what the API takes holds, in seconds. */
export interface SessionLifetimes {
  /** Of a ticket, from its last use (reading.md, section 3.4). */
  readonly ticket: number;
  /** Of an access token, from its issue: the `expires_in` of the answer that brings it (section 2.3). */
  readonly accessToken: number;
}

export const sessionLifetimes: SessionLifetimes = { ticket: 6 * 60 * 60, accessToken: 60 * 60 };
