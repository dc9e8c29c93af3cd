import type { Field } from '../datatypes/field.ts';
import type { RowFiles } from '../formats/row-file.ts';
import type { Problem } from '../problems/problem.ts';

/**
 * A typed cell. text, key, relation, list, associate, country: string · integer, decimal: number · boolean: boolean ·
 * date: `YYYY-MM-DD` · datetime: `YYYY-MM-DDTHH:mm:ss` · choice: SuperOffice's word · file: string · content: Base64 ·
 * lists, files, addresses: string[] · null: clear the field (JSON null, or an empty cell where the mapping says clear).
 */
export type Value = string | number | boolean | readonly string[] | null;

/** A record after mapping. A field that is not in `values` is left alone in SuperOffice. */
export interface Row {
  /** The trimmed user key; '' when the record has none (then `problems` says so). */
  readonly key: string;
  readonly values: ReadonlyMap<Field, Value>;
  /** All problems of the row at once; any problem rejects it. */
  readonly problems: readonly Problem[];
  /** Files the row names; absent where its datatype has none. */
  readonly files?: RowFiles;
  /** What is remembered of the row once SuperOffice has accepted it, for whoever writes it; absent in a dry run. */
  readonly acceptance?: () => string;
}
