import { SuperOfficeError } from './error.ts';
import type { Http } from './http.ts';
import { isObject, isTrue, numberOf, textOf } from './json.ts';

/** Rows of one table that are to hold these cells. Cells are encoded as writing.md, section 6.3, has it. */
export interface Upsert {
  readonly table: string;
  /** Columns by which a row is found: the primary key alone, or others that are unique together. */
  readonly keys: readonly string[];
  /** The primary key first, where it is among them. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What SuperOffice says became of one row. */
export interface UpsertedRow {
  readonly primaryKey: number;
  /** `Inserted`, `Updated`, `NoUpdateNeeded`; anything else was not asked for. */
  readonly action: string;
  /** The key cells of the row, as they were sent or decoded. */
  readonly keys: readonly string[];
}

export interface Upserted {
  /** False: it ended before its end, and rows may be written all the same (writing.md, section 6.2). */
  readonly isWhole: boolean;
  /** The server's words about the whole; what it failed at where it failed. */
  readonly message: string;
  /** Those that it tells of, in no certain order. */
  readonly rows: readonly UpsertedRow[];
}

/**
 * What becomes of the other rows of the table. Never anything else: the two other actions there are empty or delete every
 * row that the request does not name.
 */
const othersStay = 'NoChange';

/**
 * Writes rows of one table through the agent DatabaseTable (writing.md, section 6), around all that SuperOffice does when
 * an entity is saved. Only for rows that stay the same when they are sent again, so a lost answer is asked for again.
 * Throws SuperOfficeError.
 * @param completes something of these records was written before
 */
export async function upsertRows(
  http: Http,
  { table, keys, columns, rows }: Upsert,
  completes = false,
): Promise<Upserted> {
  const answer = await http.send({
    kind: 'repeatable',
    completes,
    method: 'POST',
    path: '/v1/Agents/DatabaseTable/Upsert',
    json: {
      TableName: table,
      Columns: columns,
      Keys: keys,
      Data: rows,
      NomatchAction: othersStay,
      ReturnRowStatus: true,
    },
    lacks: json => (isObject(json) && typeof json.Success === 'boolean' ? null : 'what became of the rows'),
  });
  const result = isObject(answer) ? answer : {};
  const told: readonly unknown[] = Array.isArray(result.RowStatus) ? result.RowStatus : [];
  return {
    isWhole: isTrue(result, 'Success'),
    message: textOf(result, 'Message'),
    rows: told.filter(isObject).map(row => ({
      primaryKey: numberOf(row, 'PrimaryKey'),
      action: textOf(row, 'Action'),
      keys: Array.isArray(row.RowKeys) ? row.RowKeys.map(String) : [],
    })),
  };
}

/** Does the error say that this sign-in, or this SuperOffice, has no mass operations at all? */
export function refusesMassOperations(error: unknown): boolean {
  if (!(error instanceof SuperOfficeError) || error.lost) return false;
  return [403, 404, 405].includes(error.status) || error.errorType === 'SoDbAccessException';
}
