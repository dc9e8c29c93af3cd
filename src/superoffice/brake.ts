/** Ends a run between two records, not in the middle of one. */
export interface Brake {
  /**
   * Fires when nothing new may begin: from then on only requests go out that belong to a record already begun, or settle
   * the fate of one. Its reason is the error that all others fail with.
   */
  readonly signal: AbortSignal;
  /** Called before each request that begins something, with how many were sent before it. May let `signal` fire. */
  readonly before: (requests: number) => void;
}

/** For connections that only their own end stops. */
export const noBrake: Brake = { signal: new AbortController().signal, before: () => {} };
