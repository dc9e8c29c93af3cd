import type { Datatype } from '../../datatypes/datatype.ts';
import { findByKey, keyPlace } from '../../records/keys.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { Saved } from '../../superoffice/records.ts';
import type { Wanted } from '../plan/value.ts';
import type { ApplyPorts } from './apply.ts';
import { createBody } from './body.ts';
import type { Intent } from './intents.ts';
import { findOrphan, orphanPorts } from './orphans.ts';

export interface Creation {
  readonly datatype: Datatype;
  readonly key: string;
  readonly wanted: readonly Wanted[];
  readonly intent: Intent;
  /** See `Doubt`; null where the record holds its key itself. */
  readonly like: string | null;
}

/** Pauses before each look-up of a create whose answer was lost: the server may still be at work on it. */
const lookUpAfter = [0, 2_000, 10_000];

/**
 * Creates a record together with its user key. Where the key is kept beside the record, the record comes first and would
 * be made again if its answer were lost: it is then looked for among those that have no key yet. Records that look the
 * same are therefore made one after the other, or one would be taken for the other.
 */
export async function createOnce(creation: Creation, ports: ApplyPorts): Promise<Saved> {
  const { datatype, key, intent, like } = creation;
  const place = keyPlace(datatype, ports.names);
  if (place.at === 'column') {
    const saved = await postOnce(creation, ports);
    intent.made(saved.id);
    return saved;
  }
  const id = await ports.turns.take(`${datatype.name} ${like}`, async () => {
    const saved = await postOnce(creation, ports);
    intent.made(saved.id);
    return saved.id;
  });
  // So that a run that is killed now leaves an id, and nothing has to be guessed.
  await intent.durable();
  await ports.superoffice.foreignKeys.save(place.ring, id, key);
  return { id, name: '' };
}

/** A create is sent again only after SuperOffice did not know the record. */
async function postOnce(creation: Creation, ports: ApplyPorts): Promise<Saved> {
  const { datatype, wanted } = creation;
  const body = createBody(wanted);
  try {
    return await ports.superoffice.create(datatype.entity, body);
  } catch (error) {
    if (!(error instanceof SuperOfficeError) || !error.lost) throw error;
    const id = await lookUp(creation, error, ports);
    return id === null ? ports.superoffice.create(datatype.entity, body) : { id, name: '' };
  }
}

async function lookUp(creation: Creation, lost: SuperOfficeError, ports: ApplyPorts): Promise<number | null> {
  // A brake that is pulled meanwhile must not leave it in doubt.
  const asking = { ...ports, superoffice: ports.superoffice.finishing() };
  for (const pause of lookUpAfter) {
    await ports.sleep(pause);
    if (ports.signal.aborted) throw lost;
    try {
      const id = await find(creation, lost, asking);
      if (id !== null) return id;
    } catch (error) {
      if (error instanceof SuperOfficeError && error.lost) throw error;
      // Nobody can be asked any more: the run ends, and the next one looks this row up before it sends anything.
      if (error instanceof SuperOfficeError && error.scope === 'tenant')
        throw new SuperOfficeError(error.message, { ...error, lost: true, cause: error });
      throw lost;
    }
  }
  return null;
}

async function find(
  { datatype, key, wanted, like }: Creation,
  lost: SuperOfficeError,
  ports: ApplyPorts,
): Promise<number | null> {
  const place = keyPlace(datatype, ports.names);
  if (place.at === 'foreignKey' && like !== null) {
    const doubt = { datatype: datatype.name, key, like, at: ports.now() };
    // What is found may be what another create left: the next run compares whatever it takes with its row.
    if (ports.doubts.alike(doubt) > 0) throw lost;
    return findOrphan(datatype, wanted, place, doubt, orphanPorts(ports));
  }
  const found = await findByKey(ports.superoffice, datatype, ports.names, [key]);
  const refused = found.refused.get(key);
  if (refused) throw refused;
  return found.ids.get(key)?.[0] ?? null;
}
