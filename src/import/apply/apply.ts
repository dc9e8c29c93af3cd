import type { Datatype } from '../../datatypes/datatype.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import type { Row } from '../../mapping/row.ts';
import { SicError } from '../../problems/sic-error.ts';
import { keyPlace } from '../../records/keys.ts';
import type { PlainValue } from '../../records/value.ts';
import type { BeforeImages } from '../../state/before-images.ts';
import type { FieldMemory } from '../../state/fields/memory.ts';
import { type FieldUpdate, inDoubt } from '../../state/fields/update.ts';
import type { Fingerprints } from '../../state/fingerprint.ts';
import type { KeptNames } from '../../state/kept-names.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { Saved } from '../../superoffice/records.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Plan } from '../plan/plan.ts';
import type { Wanted } from '../plan/value.ts';
import type { Turns } from '../turns.ts';
import { imageOf } from '../undo/image.ts';
import { createOnce } from './create.ts';
import type { Doubts } from './doubts.ts';
import type { Intents } from './intents.ts';
import { likenessOf, traitsOf } from './likeness.ts';
import { patchOperations } from './operations.ts';
import { sendMails, takeSteps } from './steps.ts';
import { Unfinished, withoutTheRest } from './unfinished.ts';

export interface ApplyPorts {
  readonly superoffice: SuperOffice;
  readonly intents: Intents;
  /** Keeps what is overwritten; null: nothing is to be kept. */
  readonly images: BeforeImages | null;
  readonly names: FieldNames;
  readonly fingerprints: Fingerprints;
  /** What fields were left with, of the datatype. */
  readonly fields: FieldMemory;
  /** Creates whose fate nobody knows. */
  readonly doubts: Doubts;
  /** Creates of records that look the same. */
  readonly turns: Turns;
  readonly keptNames: KeptNames;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits before a lost create is looked up again. Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** Told of a value as soon as it is in its list: it stays there, whatever becomes of the row. */
  readonly listValueAdded: (list: string, name: string) => void;
}

export type Work = Extract<Plan, { todo: 'create' | 'update' }>;

/**
 * Writes one planned row. The intent is durable before the request leaves, the outcome is journaled after it.
 * Throws SuperOfficeError; with `lost: true` the create is neither proven done nor proven not done. Throws Unfinished
 * once a new record is there, or something of a known one was written.
 * @param after what the record is left with when this much was written
 */
export async function applyPlan(
  datatype: Datatype,
  { key, acceptance }: Pick<Row, 'key' | 'acceptance'>,
  plan: Work,
  after: (written: readonly Wanted[]) => FieldUpdate,
  ports: ApplyPorts,
): Promise<number> {
  const wanted = await addListValues(plan.wanted, ports);
  const isKeyBeside = keyPlace(datatype, ports.names).at === 'foreignKey';
  const like = isKeyBeside ? likenessOf(traitsOf(datatype, wanted), ports.fingerprints) : null;
  const fields = after(wanted);
  const intent = ports.intents.announce({
    datatype: datatype.name,
    key,
    todo: plan.todo,
    like,
    fields: { update: fields, columns: ports.fields.columns },
    ...(acceptance === undefined ? {} : { acceptance: acceptance() }),
    ...(plan.todo === 'update' ? { id: plan.existing.id } : {}),
  });
  ports.images?.note(imageOf(intent.n, datatype, key, { ...plan, wanted }));
  // Of a new record, too: what an undo has no image of it neither deletes nor tells.
  await Promise.all([intent.durable(), ports.images?.durable()]);
  /** Id of a known record of which something was written. */
  let written: number | null = null;
  let isUntouched = plan.todo === 'update' && !wanted.some(({ field }) => field.slot.at === 'interests');
  try {
    const { saved, begun } =
      plan.todo === 'create'
        ? { saved: await createOnce({ datatype, key, wanted, intent, like }, ports), begun: true }
        : await update(datatype, wanted, plan, ports, id => {
            written = id;
          });
    isUntouched = false;
    const names = await takeSteps(saved.id, plan.steps, begun, ports);
    noteKeptName(key, wanted, names.at(-1) || saved.name, ports);
    await sendMails(saved.id, plan.steps, ports);
    intent.outcome('done', saved.id);
    ports.fields.put(ports.fingerprints.text(key), fields);
    return saved.id;
  } catch (error) {
    const reason = error instanceof Unfinished ? error.reason : error;
    const isLost = reason instanceof SuperOfficeError && reason.lost;
    intent.outcome(isLost ? 'unknown' : 'failed');
    // Of a refused patch nothing was written; of anything else nobody can tell how far it got.
    if (isLost || !isUntouched) ports.fields.put(ports.fingerprints.text(key), inDoubt(fields));
    const id = intent.record ?? written;
    if (id !== null && (error instanceof SuperOfficeError || error instanceof SicError))
      throw withoutTheRest(datatype, id, plan.steps, error);
    throw error;
  }
}

async function addListValues(
  wanted: readonly Wanted[],
  { listValueAdded }: ApplyPorts,
): Promise<readonly Wanted[]> {
  if (wanted.every(({ add }) => add.length === 0)) return wanted;
  return Promise.all(
    wanted.map(async want => {
      if (want.add.length === 0) return want;
      const ids: number[] = [];
      for (const { list, name } of want.add) {
        const item = await list.add(name);
        ids.push(item.id);
        listValueAdded(want.field.name, list.ignoresCase ? item.name : name);
      }
      const value: PlainValue =
        want.field.kind === 'lists'
          ? [...(Array.isArray(want.value) ? want.value : []), ...ids]
          : (ids[0] ?? null);
      return { ...want, value, add: [] };
    }),
  );
}

/**
 * `begun`: something was written, so the rest of the record follows whatever brake is pulled.
 * @param onBegun told of it at once, since what follows may fail
 */
async function update(
  { entity }: Datatype,
  wanted: readonly Wanted[],
  { existing }: Extract<Plan, { todo: 'update' }>,
  { superoffice }: ApplyPorts,
  onBegun: (id: number) => void,
): Promise<{ readonly saved: Saved; readonly begun: boolean }> {
  const { id } = existing;
  const operations = patchOperations(wanted, existing, superoffice.openPoints);
  let begun = operations.length > 0;
  const saved = begun ? await superoffice.patch(entity, id, operations) : { id, name: '' };
  if (begun) onBegun(id);
  for (const want of wanted)
    if (want.field.slot.at === 'interests' && Array.isArray(want.value)) {
      const enable = want.value.filter(interest => !existing.interests.includes(interest));
      await superoffice.updateInterests(entity, id, { enable, disable: [] }, begun);
      begun ||= enable.length > 0;
      if (begun) onBegun(id);
    }
  return { saved, begun };
}

/** The archive may call a file otherwise than it was asked to (writing.md, section 4): from now on that is its name. */
function noteKeptName(key: string, wanted: readonly Wanted[], kept: string, { keptNames }: ApplyPorts): void {
  const asked = wanted.find(want => want.field.kind === 'file')?.text ?? null;
  if (asked !== null && kept !== '' && kept !== asked) keptNames.note(key, asked, kept);
}
