import type { Config } from '../config/config.ts';
import type { FieldNames } from '../datatypes/udef.ts';
import type { CsvOptions, OutputFormat } from '../formats/write/row-writer.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { Search } from './search.ts';

/** What the user asked for, folded into one value. */
export interface ExportOptions {
  readonly search: Search;
  /** `--where`, in addition to the search's own. */
  readonly where: readonly string[];
  /** `--order`; empty: the search's own. */
  readonly order: readonly string[];
  readonly limit: number | null;
  readonly format: OutputFormat;
  readonly typed: boolean;
  readonly csv: CsvOptions;
  /** Only what was changed since: the last export of this kind, or a moment in milliseconds since 1970; null: everything. */
  readonly since: 'last' | number | null;
  /** null: neither read nor kept. `refresh`: kept, but not read. */
  readonly cache: { readonly maxAgeMs: number; readonly refresh: boolean } | null;
  /** Absolute path of a folder for the files that rows name; null: they are not saved. */
  readonly filesFolder: string | null;
}

/** What an export is given of the outside. */
export interface ExportPorts {
  readonly config: Config;
  readonly fieldNames: FieldNames;
  /** Tells this SuperOffice, and who signs in, from others without asking it: address and account. */
  readonly address: string;
  /** `.sic/<profile>`, made when it is needed. */
  readonly stateFolder: string;
  /** Signs in. Called at most once. */
  readonly connect: () => Promise<SuperOffice>;
  readonly now: () => number;
  readonly progress: ExportProgress;
  /** Ends an export that asks nobody any more: one that is written from the cache, or sorted. */
  readonly signal: AbortSignal;
}

/** How far an export is. */
export interface ExportCounts {
  /** Records that SuperOffice has answered with. */
  readonly read: number;
  /** Rows handed over. */
  readonly rows: number;
  /** Files saved beside them. */
  readonly files: number;
}

/** Told while it runs. Calls are cheap and frequent. */
export interface ExportProgress {
  update(counts: ExportCounts): void;
  /** A line worth keeping. */
  note(text: string): void;
}
