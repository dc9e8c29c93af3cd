import { datatypeNamed, datatypes } from '../datatypes/index.ts';
import { type AcceptedStore, type Hash64, openAccepted } from '../state/accepted.ts';
import { type ColumnSets, openColumnSets, type Place } from '../state/column-sets.ts';
import { type Fingerprints, loadFingerprints } from '../state/fingerprint.ts';
import { markSettled, unsettledWrites } from '../state/unsettled.ts';
import { type Doubt, Doubts } from './apply/doubts.ts';
import type { Input } from './inputs.ts';

/** What SuperOffice accepted before, of one datatype. */
export interface Memory {
  readonly store: AcceptedStore;
  readonly sets: ColumnSets;
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
 * to its old value since would else pass for unchanged. A damaged memory stops the run here, before the first row.
 * @param lasting the lock is held: what is forgotten stays forgotten
 */
export async function openMemories(
  inputs: readonly Pick<Input, 'datatype'>[],
  stateFolder: string,
  tenant: string | null,
  lasting: boolean,
): Promise<{ readonly memories: Map<string, Memory>; readonly doubts: Doubts }> {
  const memories = new Map<string, Memory>();
  const memoryOf = async (datatype: string): Promise<Memory> => {
    const open = memories.get(datatype) ?? {
      store: await openAccepted(stateFolder, datatype, tenant),
      sets: await openColumnSets(stateFolder, datatype),
    };
    memories.set(datatype, open);
    // Without its sets nobody can tell which memories a write overtakes.
    if (open.sets.all.length === 0) open.store.forgetAll();
    return open;
  };
  for (const { datatype } of inputs) await memoryOf(datatype.name);
  const writes = await unsettledWrites(stateFolder);
  if (writes === null) return { memories, doubts: new Doubts() };
  const open: Doubt[] = [];
  if (writes === 'anything') {
    for (const { name } of datatypes) (await memoryOf(name)).store.forgetAll();
  } else {
    const fingerprints = await loadFingerprints();
    for await (const { isOpen, like, accepted, ...write } of writes) {
      const { datatype, key } = write;
      if (!datatypeNamed(datatype)) continue;
      const memory = await memoryOf(datatype);
      forgetKey(memory, key, fingerprints);
      if (accepted) memory.store.accept(accepted);
      if (isOpen && like !== null) open.push({ ...write, like });
    }
  }
  const doubts = new Doubts(open);
  if (!lasting) return { memories, doubts };
  for (const { store } of memories.values()) await store.commit();
  if (!doubts.any) await markSettled(stateFolder);
  return { memories, doubts };
}

/** So that the record is looked at again, whatever the columns of the file. */
export function forgetKey({ store, sets }: Memory, key: string, fingerprints: Fingerprints): void {
  const plain = fingerprints.text(key);
  for (const set of sets.all) store.forget(mixed(plain, hashOfSet(set, fingerprints)));
}
