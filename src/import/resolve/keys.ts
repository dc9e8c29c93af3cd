import type { Datatype } from '../../datatypes/datatype.ts';
import { askInBatches } from '../../superoffice/batches.ts';
import type { SuperOfficeError } from '../../superoffice/error.ts';
import { canFilter, isOneOf } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';

/** How many texts one `in (…)` may hold is undocumented; 50 to 100 is the advice (reading.md, section 8). */
export const keysPerRequest = 100;

/** The archive column that holds a datatype's user key. */
export function keyColumn(datatype: Datatype, progIdPrefix: string): string {
  return `${datatype.archive.udefPrefix}${progIdPrefix}${datatype.keyField}`;
}

/** Message and tip for a key that no filter can express. Taken for "not there", it would be created every night. */
export function notSearchable(key: string): [message: string, tip: string] {
  return [
    `SuperOffice cannot be asked for the key "${key}": it holds a backslash or a control character.`,
    'Give the record a key of letters, digits and ordinary signs.',
  ];
}

export interface FoundKeys {
  /** Ids of records by user key. More than one id: the key is not unique in SuperOffice. */
  readonly ids: ReadonlyMap<string, readonly number[]>;
  /** Keys that SuperOffice would not even look for. */
  readonly refused: ReadonlyMap<string, SuperOfficeError>;
}

/** Which records have these keys: one request for a hundred. */
export async function findByKey(
  superoffice: SuperOffice,
  datatype: Datatype,
  progIdPrefix: string,
  keys: readonly string[],
): Promise<FoundKeys> {
  const column = keyColumn(datatype, progIdPrefix);
  const { answers, refused } = await askInBatches(keys.filter(canFilter), keysPerRequest, batch =>
    superoffice.archive({
      fresh: true,
      provider: datatype.archive.provider,
      entities: datatype.archive.entities,
      columns: [datatype.archive.idColumn, column],
      filter: isOneOf(column, batch),
      orderBy: datatype.archive.idColumn,
    }),
  );
  const found = new Map<string, number[]>();
  for (const row of answers) {
    const key = row.cells.get(column)?.display.trim() ?? '';
    const ids = found.get(key);
    if (ids) ids.push(row.primaryKey);
    else found.set(key, [row.primaryKey]);
  }
  return { ids: found, refused: new Map(refused.map(({ value, error }) => [value, error])) };
}
