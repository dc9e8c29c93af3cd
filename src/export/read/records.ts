import type { FieldNames } from '../../datatypes/udef.ts';
import { type Existing, readBeyondArchive, recordOf } from '../../records/current.ts';
import { idsPerRequest } from '../../records/id-filters.ts';
import { keyPlace } from '../../records/keys.ts';
import { ahead } from '../../superoffice/ahead.ts';
import type { ArchiveRow } from '../../superoffice/archive.ts';
import { inBatches } from '../../superoffice/batches.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { ExportPlan } from '../plan.ts';
import { ParentKeys } from './parent-keys.ts';
import { tablesInStretches } from './stretches.ts';

/** Pages that are asked for, and completed from other tables, while earlier ones are written. */
const pagesAhead = 1;

/**
 * Completes pages of rows to records: what other tables hold of them is read as well. Several pages at a time, in memory
 * for those, in the order in which they come. Throws SuperOfficeError.
 */
export async function* completed(
  pages: AsyncIterable<readonly ArchiveRow[]>,
  plan: ExportPlan,
  superoffice: SuperOffice,
  fieldNames: FieldNames,
): AsyncGenerator<Existing[], void, void> {
  const parents = new ParentKeys(superoffice, fieldNames);
  const readTable = tablesInStretches(superoffice);
  for await (const { records } of ahead(begun(), pagesAhead)) yield await records;

  /** Begins with a page as soon as it is there; what comes of it is awaited in its turn. */
  async function* begun(): AsyncGenerator<{ readonly records: Promise<Existing[]> }, void, void> {
    for await (const page of pages) {
      const records = complete(page);
      // Whoever comes to it hears of its error; nobody does when the reading stops before.
      records.catch(() => undefined);
      yield { records };
    }
  }

  async function complete(page: readonly ArchiveRow[]): Promise<Existing[]> {
    const keys = await ownKeys(page, plan, superoffice, fieldNames);
    const records = page.map(row => recordOf(row, keys.get(row.primaryKey) ?? ''));
    const { datatype } = plan.source;
    const relations = plan.fields.filter(({ kind }) => kind === 'relation');
    const byId = new Map(records.map(record => [record.id, record]));
    await Promise.all([
      datatype && readBeyondArchive(superoffice, datatype, plan.fields, byId, readTable),
      ...relations.map(field => {
        const column = plan.parentKeyColumns.get(field);
        if (column === undefined) return parents.fill(field, records);
        for (const { archive, parentKeys } of records)
          if (field.slot.at === 'reference')
            parentKeys.set(field.slot.column, archive.cells.get(column)?.display.trim() ?? '');
        return undefined;
      }),
    ]);
    return records;
  }
}

/** User keys that are kept beside the records, by record; empty where no field needs them. */
async function ownKeys(
  page: readonly ArchiveRow[],
  { fields, source }: ExportPlan,
  superoffice: SuperOffice,
  fieldNames: FieldNames,
): Promise<ReadonlyMap<number, string>> {
  const keys = new Map<number, string>();
  if (!source.datatype || !fields.some(({ slot }) => slot.at === 'foreignKey')) return keys;
  const place = keyPlace(source.datatype, fieldNames);
  if (place.at !== 'foreignKey') return keys;
  const { ring } = place;
  const ids = page.map(({ primaryKey }) => primaryKey);
  const found = await Promise.all(
    inBatches(ids, idsPerRequest(superoffice)).map(batch => superoffice.foreignKeys.ofRecords(ring, batch)),
  );
  for (const { recordId, value } of found.flat()) keys.set(recordId, value.trim());
  return keys;
}
