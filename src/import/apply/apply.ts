import type { Datatype } from '../../datatypes/datatype.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlainValue, Wanted } from '../plan/value.ts';
import { findByKey } from '../resolve/keys.ts';
import { createBody } from './body.ts';
import type { Intents } from './intents.ts';
import { patchOperations } from './operations.ts';

export interface ApplyPorts {
  readonly superoffice: SuperOffice;
  readonly intents: Intents;
  readonly progIdPrefix: string;
  /** Waits before a lost create is looked up again. Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** Told of a value as soon as it is in its list: it stays there, whatever becomes of the row. */
  readonly listValueAdded: (list: string, name: string) => void;
}

/** Pauses before each look-up of a create whose answer was lost: the server may still be at work on it. */
const lookUpAfter = [0, 2_000, 10_000];

/**
 * Writes one planned row. The intent is durable before the request leaves, the outcome is journaled after it.
 * Throws SuperOfficeError; with `lost: true` the create is neither proven done nor proven not done.
 */
export async function applyPlan(
  datatype: Datatype,
  key: string,
  plan: Extract<Plan, { todo: 'create' | 'update' }>,
  ports: ApplyPorts,
): Promise<number> {
  const wanted = await addListValues(plan.wanted, ports);
  const intent = ports.intents.announce({
    datatype: datatype.name,
    key,
    todo: plan.todo,
    ...(plan.todo === 'update' ? { id: plan.existing.id } : {}),
  });
  await intent.durable();
  try {
    const id =
      plan.todo === 'create'
        ? await createOnce(datatype, key, createBody(wanted), ports)
        : await update(datatype, wanted, plan, ports);
    intent.outcome('done', id);
    return id;
  } catch (error) {
    intent.outcome(error instanceof SuperOfficeError && error.lost ? 'unknown' : 'failed');
    throw error;
  }
}

async function addListValues(wanted: readonly Wanted[], { listValueAdded }: ApplyPorts): Promise<Wanted[]> {
  return Promise.all(
    wanted.map(async want => {
      if (want.add.length === 0) return want;
      const ids: number[] = [];
      for (const { list, name } of want.add) {
        ids.push((await list.add(name)).id);
        listValueAdded(want.field.name, name);
      }
      const value: PlainValue =
        want.field.kind === 'lists'
          ? [...(Array.isArray(want.value) ? want.value : []), ...ids]
          : (ids[0] ?? null);
      return { ...want, value, add: [] };
    }),
  );
}

/** A create is sent again only after SuperOffice, asked by user key, did not know the record. */
async function createOnce(
  datatype: Datatype,
  key: string,
  body: Record<string, unknown>,
  ports: ApplyPorts,
): Promise<number> {
  try {
    return await ports.superoffice.create(datatype.entity, body);
  } catch (error) {
    if (!(error instanceof SuperOfficeError) || !error.lost) throw error;
    const id = await lookUp(datatype, key, error, ports);
    return id ?? ports.superoffice.create(datatype.entity, body);
  }
}

async function lookUp(
  datatype: Datatype,
  key: string,
  lost: SuperOfficeError,
  ports: ApplyPorts,
): Promise<number | null> {
  for (const pause of lookUpAfter) {
    await ports.sleep(pause);
    if (ports.signal.aborted) throw lost;
    try {
      const found = await findByKey(ports.superoffice, datatype, ports.progIdPrefix, [key]);
      const refused = found.refused.get(key);
      if (refused) throw refused;
      const [id] = found.ids.get(key) ?? [];
      if (id !== undefined) return id;
    } catch (error) {
      // Nobody can be asked any more: the run ends, and the next one looks this row up before it sends anything.
      if (error instanceof SuperOfficeError && error.scope === 'tenant')
        throw new SuperOfficeError(error.message, { ...error, lost: true, cause: error });
      throw lost;
    }
  }
  return null;
}

async function update(
  datatype: Datatype,
  wanted: readonly Wanted[],
  plan: Extract<Plan, { todo: 'update' }>,
  ports: ApplyPorts,
): Promise<number> {
  const { id } = plan.existing;
  const operations = patchOperations(wanted, plan.existing);
  if (operations.length > 0) await ports.superoffice.patch(datatype.entity, id, operations);
  for (const want of wanted)
    if (want.field.slot.at === 'interests' && Array.isArray(want.value)) {
      const added = want.value.filter(interest => !plan.existing.interests.includes(interest));
      await ports.superoffice.addInterests(datatype.entity, id, added);
    }
  return id;
}
