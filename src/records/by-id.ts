import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import { isOneOfNumbers } from '../superoffice/filter.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { archiveColumns, type Existing, readBeyondArchive, recordOf } from './current.ts';
import { sourceOf } from './keys.ts';

/**
 * What these records hold in these fields, and what they belong to: one request for all, and one per table beside the
 * archive. Records that are not there are left out. Throws SuperOfficeError.
 * @param keys user keys of the records by id, as far as they are known; at most 200
 */
export async function readByIds(
  superoffice: SuperOffice,
  datatype: Datatype,
  fields: readonly Field[],
  keys: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, Existing>> {
  if (keys.size === 0) return new Map();
  const { idColumn } = datatype.archive;
  const relations = datatype.fields.filter(field => field.kind === 'relation');
  const rows = await superoffice.archive({
    ...sourceOf(datatype),
    columns: [...new Set([idColumn, ...archiveColumns([...fields, ...relations])])],
    filter: isOneOfNumbers(idColumn, [...keys.keys()]),
  });
  const records = new Map(
    rows.map(row => [row.primaryKey, recordOf(row, keys.get(row.primaryKey) ?? '')] as const),
  );
  await readBeyondArchive(superoffice, datatype, fields, records);
  return records;
}
