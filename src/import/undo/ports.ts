import type { Config } from '../../config/config.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { UndoCounts, UndoResult } from './result.ts';

export interface UndoOptions {
  /** Id of the run that is to be taken back. */
  readonly run: string;
  readonly dryRun: boolean;
  /** Delete what the run created. */
  readonly deleteCreated: boolean;
  /** Also log records that nobody needs to look at. */
  readonly allRows: boolean;
}

/** What an undo is given of the outside. */
export interface UndoRunPorts {
  readonly config: Config;
  readonly names: FieldNames;
  readonly profile: string;
  /** `.sic/<profile>` */
  readonly stateFolder: string;
  /** Signs in. Called once, after the run was found to be one that can be taken back. */
  readonly connect: () => Promise<SuperOffice>;
  readonly now: () => number;
  /** For the history: what runs, where, and with which flags (by their names without dashes). */
  readonly version: string;
  readonly cwd: string;
  readonly flags: Readonly<Record<string, unknown>>;
  /** What the program will end with, for the history. */
  readonly exitCodeOf: (result: UndoResult) => number;
  /** Ends early, without throwing, when the signal fires. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** Something a person may want to know while it works. */
  readonly note: (text: string) => void;
  /** Told while it works. */
  readonly update: (counts: Readonly<UndoCounts>) => void;
}
