/** A request that is sent again after a pause: what can be told of it without its words, which may quote what it holds. */
export interface Wait {
  readonly milliseconds: number;
  /** Number of the try that follows, and of tries in all. */
  readonly nextTry: number;
  readonly tries: number;
  /** HTTP status of the refusal; 0: nobody answered. */
  readonly status: number;
}

/** Told a line worth keeping and, where it is about a pause, its numbers. */
export type Note = (text: string, wait?: Wait) => void;
