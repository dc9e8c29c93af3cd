import type { Datatype } from '../../datatypes/datatype.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import { keyPlace } from '../../records/keys.ts';
import type { BeforeImages, KeptField } from '../../state/before-images.ts';
import type { PatchOperation } from '../../superoffice/entities.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Intents } from '../apply/intents.ts';
import { patchOperations } from '../apply/operations.ts';
import type { Restoration } from './restoration.ts';

/** What an undo writes with. It journals like an import, and keeps what it overwrites itself. */
export interface UndoPorts {
  readonly superoffice: SuperOffice;
  readonly intents: Intents;
  /** null: nothing is to be kept. */
  readonly images: BeforeImages | null;
  readonly names: FieldNames;
  /** Forgets that a row of this key was accepted: from now on SuperOffice holds something else. */
  readonly forget: (datatype: string, key: string) => void;
}

/** Writes back what a record held before. Throws SuperOfficeError. */
export async function restore(
  datatype: Datatype,
  key: string,
  restoration: Restoration,
  ports: UndoPorts,
): Promise<void> {
  const { existing, image } = restoration;
  const { superoffice } = ports;
  await announced(datatype, key, existing.id, 'update', image, ports, async () => {
    const operations = operationsOf(restoration, superoffice);
    if (operations.length > 0) await superoffice.patch(datatype.entity, existing.id, operations);
    for (const { field, ids } of restoration.sets)
      if (field.slot.at === 'interests')
        await superoffice.updateInterests(datatype.entity, existing.id, {
          enable: ids.filter(id => !existing.interests.includes(id)),
          disable: existing.interests.filter(id => !ids.includes(id)),
        });
  });
}

/** Deletes a record that a run created, and its key where that is kept beside it. Throws SuperOfficeError. */
export async function remove(datatype: Datatype, key: string, id: number, ports: UndoPorts): Promise<void> {
  const place = keyPlace(datatype, ports.names);
  await announced(datatype, key, id, 'delete', [], ports, async () => {
    await ports.superoffice.remove(datatype.entity, id);
    if (place.at === 'foreignKey') await ports.superoffice.foreignKeys.remove(place.ring, id);
  });
}

async function announced(
  { name }: Datatype,
  key: string,
  id: number,
  does: 'update' | 'delete',
  fields: readonly KeptField[],
  { intents, images, forget }: UndoPorts,
  write: () => Promise<void>,
): Promise<void> {
  forget(name, key);
  const intent = intents.announce({ datatype: name, key, todo: does, id, like: null });
  images?.note({ n: intent.n, datatype: name, key, does, id, fields, also: [] });
  await Promise.all([intent.durable(), images?.durable()]);
  try {
    await write();
    intent.outcome('done', id);
  } catch (error) {
    intent.outcome(error instanceof SuperOfficeError && error.lost ? 'unknown' : 'failed');
    throw error;
  }
}

function operationsOf(
  { wanted, arrays, sets, existing }: Restoration,
  { openPoints }: SuperOffice,
): PatchOperation[] {
  return [
    ...patchOperations(wanted, existing, openPoints),
    ...arrays.flatMap(({ field: { slot }, elements }): PatchOperation[] =>
      slot.at === 'element' ? [whole(slot.property, elements.map(carrierOf))] : [],
    ),
    ...sets.flatMap(({ field: { slot }, ids }): PatchOperation[] =>
      slot.at === 'tags'
        ? [
            whole(
              slot.property,
              ids.map(id => ({ Id: id })),
            ),
          ]
        : [],
    ),
  ];
}

function whole(property: string, value: readonly unknown[]): PatchOperation {
  return { op: 'replace', path: `/${property}`, value };
}

function carrierOf({ value, description }: { readonly value: string; readonly description: string }) {
  return { Value: value, Description: description };
}
