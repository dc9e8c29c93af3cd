import { datatypeNamed, datatypes } from '../datatypes/index.ts';
import { type AcceptedStore, type Hash64, openAccepted } from '../state/accepted.ts';
import { type ColumnSets, openColumnSets, type Place } from '../state/column-sets.ts';
import { FieldMemory } from '../state/fields/memory.ts';
import { inDoubt, updateFrom } from '../state/fields/update.ts';
import { type Fingerprints, loadFingerprints } from '../state/fingerprint.ts';
import { type AnnouncedFields, markSettled, unsettledWrites } from '../state/unsettled.ts';
import { type Doubt, Doubts } from './apply/doubts.ts';
import type { Input } from './inputs.ts';

/** What SuperOffice accepted before, of one datatype. */
export interface Memory {
  readonly store: AcceptedStore;
  readonly sets: ColumnSets;
  /** What records were left with, field by field. */
  readonly fields: FieldMemory;
}

/** Tells a set of columns from every other one. */
export function hashOfSet(places: readonly Place[], fingerprints: Fingerprints): Hash64 {
  return fingerprints.text(JSON.stringify(places.map(({ at, type }) => [at, type])));
}

/** The key under which one set of columns remembers a record. XOR is its own inverse: the plain key can be had back. */
export function mixed(key: Hash64, set: Hash64): Hash64 {
  return { lo: (key.lo ^ set.lo) >>> 0, hi: (key.hi ^ set.hi) >>> 0 };
}

/**
 * The memory of every datatype of the run, without what a run that was killed may have written: a row that went back
 * to its old value since would else pass for unchanged. A damaged memory stops the run here, before the first row; of the
 * fields that goes for the header, the rest of the file is looked at when the first row asks.
 * @param holder of the lock: what it forgets stays forgotten; null: a dry run
 */
export async function openMemories(
  inputs: readonly MemoryInput[],
  stateFolder: string,
  tenant: string | null,
  holder: Holder | null,
): Promise<{ readonly memories: Map<string, Memory>; readonly doubts: Doubts }> {
  const memories = new Map<string, Memory>();
  try {
    return { memories, doubts: await openInto(memories, inputs, stateFolder, tenant, holder) };
  } catch (error) {
    await closeMemories(memories);
    throw error;
  }
}

/** Who has no file has none of its records looked up. */
export type MemoryInput = Pick<Input, 'datatype'> & Partial<Pick<Input, 'records'>>;

/** Whoever holds the lock of the state folder. */
export interface Holder {
  /** Waits until SuperOffice is done with what a run that was killed had sent, or whoever started this one wants no more. */
  letFinish(): Promise<void>;
}

/** Gives the files back. */
export async function closeMemories(memories: ReadonlyMap<string, Memory>): Promise<void> {
  for (const { store, fields } of memories.values()) {
    store.close();
    await fields.close();
  }
}

async function openInto(
  memories: Map<string, Memory>,
  inputs: readonly MemoryInput[],
  stateFolder: string,
  tenant: string | null,
  holder: Holder | null,
): Promise<Doubts> {
  const memoryOf = async (datatype: string): Promise<Memory> => {
    const open = memories.get(datatype) ?? (await openMemory(stateFolder, datatype, tenant));
    memories.set(datatype, open);
    // Without its sets nobody can tell which memories a write overtakes.
    if (open.sets.all.length === 0) open.store.forgetAll();
    return open;
  };
  for (const { datatype, records } of inputs) {
    const { store } = await memoryOf(datatype.name);
    // Where nothing is new, nothing is looked up.
    if (records && !(records.blocks && store.holdsAll(records.blocks.list))) store.load();
  }
  const writes = await unsettledWrites(stateFolder);
  if (writes === null) return new Doubts();
  await holder?.letFinish();
  const open: Doubt[] = [];
  if (writes === 'anything') {
    for (const { name } of datatypes) {
      const { store, fields } = await memoryOf(name);
      store.forgetAll();
      await fields.forgetAll();
    }
  } else {
    const fingerprints = await loadFingerprints();
    for await (const { isOpen, like, accepted, fields, ...write } of writes) {
      const { datatype, key } = write;
      if (!datatypeNamed(datatype)) continue;
      const memory = await memoryOf(datatype);
      if (fields) {
        forgetKey(memory, key, fingerprints);
        await memory.fields.load();
        noteFields(memory, key, fields, fingerprints);
      } else forgetRecord(memory, key, fingerprints);
      if (accepted) memory.store.accept(accepted);
      if (isOpen && like !== null) open.push({ ...write, like });
    }
  }
  const doubts = new Doubts(open);
  if (!holder) return doubts;
  for (const memory of memories.values()) await commit(memory);
  if (!doubts.any) await markSettled(stateFolder);
  return doubts;
}

async function openMemory(stateFolder: string, datatype: string, tenant: string | null): Promise<Memory> {
  const sets = await openColumnSets(stateFolder, datatype);
  const store = await openAccepted(stateFolder, datatype, tenant);
  try {
    return { store, sets, fields: await FieldMemory.open(stateFolder, datatype, tenant) };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** So that the record is looked at again, whatever the columns of the file. */
function forgetKey({ store, sets }: Memory, key: string, fingerprints: Fingerprints): void {
  const plain = fingerprints.text(key);
  for (const set of sets.all) store.forget(mixed(plain, hashOfSet(set, fingerprints)));
}

/** So that nothing is known of the record: neither that its row was accepted, nor what its fields were left with. */
export function forgetRecord(memory: Memory, key: string, fingerprints: Fingerprints): void {
  forgetKey(memory, key, fingerprints);
  memory.fields.put(fingerprints.text(key), { isNew: true, hashes: new Map() });
}

/** A write that is not done may have been carried out all the same: what its fields hold is not known. */
function noteFields(
  memory: Memory,
  key: string,
  { text, columns, areDone }: AnnouncedFields,
  fingerprints: Fingerprints,
): void {
  const update = updateFrom(text, column => {
    const place = columns[column];
    return place ? memory.fields.columnOf(place) : null;
  });
  if (update) memory.fields.put(fingerprints.text(key), areDone ? update : inDoubt(update));
}

/** Makes it durable. The fields first: a row that is known to be unchanged is not looked at again, so they would stay unknown. */
export async function commit({ store, fields }: Memory): Promise<void> {
  await fields.commit();
  await store.commit();
}
