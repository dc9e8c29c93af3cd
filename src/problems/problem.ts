/** Why one row was rejected, or what deserves a look although it was taken. Data, never thrown. */
export interface Problem {
  /** The column, or null when the whole row is meant. */
  readonly field: string | null;
  /** The offending value as it stands in the file, or null. */
  readonly value: string | null;
  /** Stable, for scripts: `country-not-found`, `too-long`, `duplicate-key`, … */
  readonly code: string;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly tip: string;
}
