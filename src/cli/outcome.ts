/** What a command leaves behind for the exit: filled in by its handler, read by main. */
export interface Outcome {
  exitCode: number;
  /** The profile that was chosen, '' before. */
  profile: string;
  /** True once the JSON document has begun: a second one on stdout would spoil it. */
  answered: boolean;
  /** The command that goes on with the run, should it end early; null: there is none. */
  goOn: string | null;
}

export function newOutcome(): Outcome {
  return { exitCode: 0, profile: '', answered: false, goOn: null };
}
