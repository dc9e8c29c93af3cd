/** A data file cannot be used, for a reason that the one who named it can mend. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';
  readonly reason: 'in-use' | 'unusable';
  /** What to do, as a sentence. */
  readonly remedy: string;

  constructor(reason: 'in-use' | 'unusable', message: string, remedy: string) {
    super(message);
    this.reason = reason;
    this.remedy = remedy;
  }
}
