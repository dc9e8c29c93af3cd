import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import { askInBatches } from '../../superoffice/batches.ts';
import type { SuperOfficeError } from '../../superoffice/error.ts';
import { canFilter, isOneOf } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import { archiveColumns, type Existing } from './current.ts';
import { keyColumn, keysPerRequest } from './keys.ts';

export interface ExistingRecords {
  /** A key with several records has several entries; a key without any has none. */
  readonly byKey: ReadonlyMap<string, readonly Existing[]>;
  /** Keys that SuperOffice would not even look for. */
  readonly refused: ReadonlyMap<string, SuperOfficeError>;
}

/** The records these keys belong to, with the current values of the fields the file writes: one request for all. */
export async function readExisting(
  superoffice: SuperOffice,
  datatype: Datatype,
  fields: readonly Field[],
  progIdPrefix: string,
  keys: readonly string[],
): Promise<ExistingRecords> {
  const column = keyColumn(datatype, progIdPrefix);
  // Whether a person has a company decides what may be written, also when the file does not speak of it.
  const relations = datatype.fields.filter(field => field.kind === 'relation');
  const columns = [
    ...new Set([datatype.archive.idColumn, column, ...archiveColumns([...fields, ...relations])]),
  ];
  const askable = keys.filter(canFilter);
  const { answers, refused } = await askInBatches(askable, keysPerRequest, batch =>
    superoffice.archive({
      fresh: true,
      provider: datatype.archive.provider,
      entities: datatype.archive.entities,
      columns,
      filter: isOneOf(column, batch),
      orderBy: datatype.archive.idColumn,
    }),
  );
  const byKey = new Map<string, Existing[]>();
  for (const row of answers) {
    // SuperOffice compares without regard to case; keys are compared exactly (design.md, section 6).
    const key = row.cells.get(column)?.display.trim() ?? '';
    const record: Existing = {
      id: row.primaryKey,
      archive: row,
      dynamic: new Map(),
      elements: new Map(),
      interests: [],
      parentKeys: new Map(),
    };
    const records = byKey.get(key);
    if (records) records.push(record);
    else byKey.set(key, [record]);
  }
  return { byKey, refused: new Map(refused.map(({ value, error }) => [value, error])) };
}
