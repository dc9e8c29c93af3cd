import type { Config, ConflictPolicy } from '../config/config.ts';
import type { Limit } from '../config/limit.ts';
import type { FieldNames } from '../datatypes/udef.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { Wait } from '../superoffice/wait.ts';
import type { RunBrake } from './brake.ts';
import type { Counts, RowResult, RunResult } from './result.ts';
import type { ShownPlan } from './shown/read.ts';

/** How updates are written: record by record, by mass operations, or as sign-in and number of updates suggest. */
export type Strategy = 'auto' | 'entity' | 'bulk';

/** What the user asked for, folded into one value. */
export interface RunOptions {
  readonly kind: 'import' | 'validate';
  /** Checks files only; SuperOffice is not asked. Validate only. */
  readonly offline: boolean;
  /** Ignores what was accepted last time, and builds it anew. */
  readonly full: boolean;
  /** Paths as typed, relative to `cwd`. */
  readonly files: readonly string[];
  /** Overrides what the file's name and content tell. */
  readonly datatype: string | null;
  readonly strategy: Strategy;
  /** Stops after so many rows were read. */
  readonly limit: number | null;
  /** Of existing records that are updated; null: the default. */
  readonly maxChanges: Limit | null;
  /** Folder with files that rows name, besides those beside the data file; null: none. */
  readonly filesFolder: string | null;
  /** Who wins where a user changed a field since the last import; null: what the config says. */
  readonly onConflict: ConflictPolicy | null;
  /** Keeps every row for the result, not only those that need a look. */
  readonly allRows: boolean;
  /** Keeps rows that were written as well, for `RunResult.keptRows`. */
  readonly keepChanges: boolean;
  /** Where the reject file goes; a folder when several files are imported; null: the run's folder. */
  readonly rejects: string | null;
}

/** What the run is given of the outside. */
export interface RunPorts {
  readonly config: Config;
  /** How the fields of this tenant are named. */
  readonly names: FieldNames;
  readonly profile: string;
  /** `.sic/<profile>`, made when missing. */
  readonly stateFolder: string;
  readonly cwd: string;
  /** The password of encrypted zip files, or null. Asked only when one is needed. */
  readonly zipPassword: () => Promise<string | null>;
  /** Signs in; null when offline. Called once, after the files' headers were found good. */
  readonly connect: (() => Promise<SuperOffice>) | null;
  readonly now: () => number;
  /** Milliseconds. Ends early, without throwing, when the signal fires. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Told the id of the run once it is written down who began it. */
  readonly recorded: (run: string) => void;
  /** For the history: what runs, and with which flags (by their names without dashes). */
  readonly version: string;
  readonly flags: Readonly<Record<string, unknown>>;
  /** What the program will end with, for the history. `began`: false when it ended before its first row. */
  readonly exitCodeOf: (result: RunResult, began: boolean) => number;
  /** The connection knows it too. */
  readonly brake: RunBrake;
  /** `--plan`: nothing is written that it has not shown. */
  readonly shown?: ShownPlan;
}

/** Told while it runs. Calls are cheap and frequent; the receiver decides what a person sees. */
export interface Progress {
  /** The run has its id: from here on there is something that tells of it. `tenant`: '' offline. */
  begin(run: string, tenant: string): void;
  /** `size` in bytes, null when unknown. */
  start(file: string, datatype: string, size: number | null): void;
  /** Counters of the whole run; bytes of the current file, of which the highest told counts. */
  update(counts: Readonly<Counts>, bytes: number): void;
  /** A row that is kept for the result. */
  row(row: RowResult): void;
  /** A line worth keeping: a wait, a fall-back. */
  note(text: string, wait?: Wait): void;
  end(): void;
}
