import type { SuperOffice } from '../superoffice/superoffice.ts';

/** What became of an export. */
export interface ExportResult {
  /** The search, else the datatype. */
  readonly search: string;
  /** What one row is: `Company`. */
  readonly row: string;
  /** Rows that were handed over. */
  readonly rows: number;
  /** Files that were saved beside them. */
  readonly files: number;
  /** Age of a cached answer in milliseconds; null: SuperOffice was asked. */
  readonly servedAgeMs: number | null;
  /** Nobody reads standard output any more: what was handed over is not all. */
  readonly isCut: boolean;
  /** With `--since last`: since when, as ISO 8601; null: everything. */
  readonly since: string | null;
  readonly durationMs: number;
  readonly requests: SuperOffice['requests'];
}

/** Who decides a criterion. */
export interface ExplainedCriterion {
  /** As it was written. */
  readonly criterion: string;
  /** In SuperOffice's grammar; null: it is not asked about it. */
  readonly superoffice: string | null;
  /** Records that another table was asked for first. */
  readonly lookedUp: { readonly asked: string; readonly records: number } | null;
  /** sic looks at every row that SuperOffice answers with. */
  readonly here: boolean;
  /** Why; null: SuperOffice decides it alone. */
  readonly why: string | null;
}

/** How an export would be read. */
export interface Explanation {
  readonly search: string;
  readonly row: string;
  readonly columns: readonly string[];
  readonly criteria: readonly ExplainedCriterion[];
  readonly archive: {
    readonly provider: string;
    readonly columns: readonly string[];
    readonly filter: string;
  };
  /** What else is read for every page. */
  readonly besides: readonly string[];
  /** The columns that tell when a row was made or changed, and since when it matters (ISO 8601, or `last`); null: nobody asked. */
  readonly since: { readonly changed: readonly string[]; readonly from: string } | null;
  /** Empty: in the order in which the records were made. */
  readonly order: readonly string[];
}
