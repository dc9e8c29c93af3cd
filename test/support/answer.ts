/** The document that `sic import --json` prints (design.md, section 4), as far as tests look at it. */
export interface Answer {
  readonly exitCode: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
  readonly rejects: string | null;
  readonly warnings: readonly { readonly code: string; readonly count: number }[];
  readonly fileWarnings: readonly string[];
  readonly added: readonly { readonly list: string; readonly name: string }[];
  readonly rows: readonly AnswerRow[];
}

export interface AnswerRow {
  readonly file: string;
  readonly place: string;
  readonly key: string;
  readonly status: string;
  readonly problems: readonly AnswerProblem[];
  readonly warnings: readonly AnswerProblem[];
  readonly changes: readonly {
    readonly field: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

interface AnswerProblem {
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly tip: string;
}

const empty: Answer = {
  exitCode: 0,
  counts: {},
  requests: {},
  rejects: null,
  warnings: [],
  fileWarnings: [],
  added: [],
  rows: [],
};

/** Reads it back. Standard output has to be one JSON document and nothing else. */
export function readAnswer(stdout: string): Answer {
  const parsed: Partial<Answer> = JSON.parse(stdout);
  return { ...empty, ...parsed };
}
