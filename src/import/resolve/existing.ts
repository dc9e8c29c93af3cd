import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import { archiveColumns, type Existing, recordOf } from '../../records/current.ts';
import { keyPlace, recordsOf, rowsByKey, sourceOf } from '../../records/keys.ts';
import type { ArchiveRow } from '../../superoffice/archive.ts';
import type { SuperOfficeError } from '../../superoffice/error.ts';
import { isOneOfNumbers } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';

export interface ExistingRecords {
  /** A key with several records has several entries; a key without any has none. */
  readonly byKey: ReadonlyMap<string, readonly Existing[]>;
  /** Keys that SuperOffice would not even look for. */
  readonly refused: ReadonlyMap<string, SuperOfficeError>;
}

/**
 * The records these keys belong to, with the current values of the fields the file writes: one request for all.
 * @param adopted keys by id of records that belong to them as well, where keys are kept beside the records
 */
export async function readExisting(
  superoffice: SuperOffice,
  datatype: Datatype,
  fields: readonly Field[],
  names: FieldNames,
  keys: readonly string[],
  adopted: ReadonlyMap<number, string>,
): Promise<ExistingRecords> {
  const place = keyPlace(datatype, names);
  const columns = columnsFor(datatype, fields);
  if (place.at === 'foreignKey') {
    const { records: found, refused } = await recordsOf(superoffice, place.ring, keys);
    const records = new Map([...found, ...adopted]);
    const rows =
      records.size === 0
        ? []
        : await superoffice.archive({
            ...sourceOf(datatype),
            columns,
            filter: isOneOfNumbers(datatype.archive.idColumn, [...records.keys()]),
          });
    return { byKey: byKey(rows, row => records.get(row.primaryKey) ?? ''), refused };
  }
  const { column } = place;
  // SuperOffice compares without regard to case; keys are compared exactly (design.md, section 6).
  const { answers, keyOf, refused } = await rowsByKey(
    superoffice,
    datatype,
    column,
    [...new Set([...columns, column])],
    keys,
  );
  return { byKey: byKey(answers, keyOf), refused };
}

function columnsFor(datatype: Datatype, fields: readonly Field[]): string[] {
  // What a record belongs to decides what may be written, also when the file does not speak of it.
  const alsoNeeded = datatype.fields.filter(
    field => field.kind === 'relation' || datatype.alwaysRead?.includes(field.name),
  );
  return [...new Set([datatype.archive.idColumn, ...archiveColumns([...fields, ...alsoNeeded])])];
}

function byKey(rows: readonly ArchiveRow[], keyOf: (row: ArchiveRow) => string): Map<string, Existing[]> {
  const found = new Map<string, Existing[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const record = recordOf(row, key);
    const records = found.get(key);
    if (records) records.push(record);
    else found.set(key, [record]);
  }
  return found;
}
