import type { Datatype } from '../../datatypes/datatype.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import { existingIds, type KeyPlace, keyPlace } from '../../records/keys.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { Wanted } from '../plan/value.ts';
import type { ApplyPorts } from './apply.ts';
import type { Doubt, Doubts } from './doubts.ts';
import { findOrphan, type OrphanPorts, orphanPorts } from './orphans.ts';
import { withoutTheRest } from './unfinished.ts';

/** A row that would be created. */
export interface NewRow {
  readonly datatype: Datatype;
  readonly key: string;
  readonly wanted: readonly Wanted[];
}

/**
 * The record that an earlier run left without its key when it was killed, or when SuperOffice refused the key. null: there
 * is none, so the row is created. Throws SuperOfficeError.
 */
export async function leftBehind(
  row: NewRow,
  ports: OrphanPorts & { readonly names: FieldNames },
): Promise<number | null> {
  const found = inDoubt(row, ports);
  return found && search(row, found.doubt, found.place, ports);
}

/** The same, and gives the record its key. */
export async function adopt(row: NewRow, ports: ApplyPorts): Promise<number | null> {
  const found = inDoubt(row, ports);
  if (!found) return null;
  const { doubt, place } = found;
  const { datatype, key } = row;
  // Another row that looks the same must not find the same record.
  const intent = await ports.turns.take(`${datatype.name} ${doubt.like}`, async () => {
    const id = await search(row, doubt, place, orphanPorts(ports));
    if (id === null) return null;
    const announced = ports.intents.announce({
      datatype: datatype.name,
      key,
      todo: 'create',
      like: doubt.like,
    });
    announced.made(id);
    return announced;
  });
  if (intent === null || intent.record === null) return null;
  await intent.durable();
  try {
    await ports.superoffice.foreignKeys.save(place.ring, intent.record, key);
  } catch (error) {
    if (!(error instanceof SuperOfficeError)) throw error;
    intent.outcome(error.lost ? 'unknown' : 'failed');
    throw withoutTheRest(datatype, intent.record, [], error);
  }
  intent.outcome('done', intent.record);
  return intent.record;
}

function inDoubt(
  { datatype, key }: NewRow,
  { doubts, names }: { readonly doubts: Doubts; readonly names: FieldNames },
): { readonly doubt: Doubt; readonly place: Extract<KeyPlace, { at: 'foreignKey' }> } | null {
  const doubt = doubts.of(datatype.name, key);
  const place = keyPlace(datatype, names);
  return doubt && place.at === 'foreignKey' ? { doubt, place } : null;
}

async function search(
  { datatype, wanted }: NewRow,
  doubt: Doubt,
  place: Extract<KeyPlace, { at: 'foreignKey' }>,
  ports: OrphanPorts,
): Promise<number | null> {
  const { made } = doubt;
  if (made === null) return findOrphan(datatype, wanted, place, doubt, ports);
  // Somebody may have deleted it since.
  const there = await existingIds(ports.superoffice, datatype, [made]);
  return there.has(made) ? made : null;
}
