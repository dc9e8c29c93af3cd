import type { RecordBatch } from '../formats/record.ts';
import type { AcceptedBlock, Hash64 } from '../state/accepted.ts';
import type { Arrangement } from './arrangement.ts';
import type { FileRunPorts } from './file-run.ts';
import { FoundRecords } from './found-records.ts';

/** A record that has to be looked at. */
export interface Candidate {
  readonly raw: Buffer;
  readonly ordinal: number;
  readonly hash: Hash64;
  /** Delta knows these bytes; only --rows wants to hear of it. */
  readonly unchanged: boolean;
  /** Where its key is likely to be in the store. */
  readonly near: number;
  /** Where the arrangement notes it; -1: it does not. */
  readonly slot: number;
  /** Bytes of the file up to its end, near enough for progress. */
  readonly offset: number;
}

/** What a file is read for. */
export interface Reader {
  take(candidate: Candidate): Promise<void>;
  /** Makes the keys of what was taken known, so that a record after it can be told from the first of its key; null: they are. */
  settle(): Promise<void> | null;
  /** True once nothing more may be read. */
  isDone(): boolean;
  /** Told how far the file was read, in bytes. */
  reached(offset: number): void;
}

/**
 * Reads a file once, block by block, and takes what is new in it: blocks that delta knows are passed by unread, and records
 * that it knows unparsed.
 */
export async function readFile(
  ports: FileRunPorts,
  arrangement: Arrangement | null,
  reader: Reader,
): Promise<void> {
  const { input, delta, limit } = ports;
  const { records } = input;
  const keyOf = (index: number): Hash64 => delta.keyAt(index);
  let passed: number[] = [];
  const found = new FoundRecords();
  const { list } = records.blocks ?? {};
  if (!list) {
    await look(records.batches(), 0, -1);
    return;
  }
  // Whoever wants every row, or the last of its key, or looks into files that rows name, has to read on.
  const passes = !ports.allRows && ports.withFiles === null && input.mapping?.duplicates !== 'last';
  const known = (number: number): AcceptedBlock | null => {
    const block = list[number];
    return passes && block ? delta.acceptedBlock(block) : null;
  };
  for (let number = 0; number < list.length; ) {
    if (reader.isDone()) return;
    if (await pass(number)) {
      number++;
      continue;
    }
    const from = number++;
    while (number < list.length && known(number) === null) number++;
    let slot = -1;
    for (const block of list.slice(from, number)) {
      const first = arrangement?.look(block) ?? -1;
      if (slot < 0) slot = first;
    }
    if (!(await look(records.batches({ from, to: number }), list[from]?.offset ?? 0, slot))) return;
  }

  /** True when the block was passed by. */
  async function pass(number: number): Promise<boolean> {
    const block = list?.[number];
    const accepted = known(number);
    if (!block || accepted === null || limit.left < block.records) return false;
    await reader.settle();
    if (!ports.seen.passBlock(accepted, ports.fileIndex, number)) return false;
    limit.left -= block.records;
    delta.passed(accepted);
    arrangement?.pass(block, accepted.first);
    ports.results.unchanged(input, block.records, nth => delta.keyAt(accepted.first + nth));
    ports.held?.countUnchanged(block.records);
    reader.reached(block.offset + block.length);
    return true;
  }

  /** Looks at every record. False when it was ended before the last one. */
  async function look(batches: AsyncIterable<RecordBatch>, start: number, slot: number): Promise<boolean> {
    let from = start;
    let next = slot;
    let here = 0;
    const hashHere = (): Hash64 => found.hash(here);
    for await (const batch of batches) {
      found.makeRoom(batch.count);
      delta.hash(batch, found);
      if (!ports.withFiles) delta.find(batch.count, found);
      for (let i = 0; i < batch.count; i++) {
        if (reader.isDone() || !takeRow()) {
          tellPassed();
          return false;
        }
        const ordinal = batch.ordinal[i] ?? 0;
        here = i;
        const own = next < 0 ? -1 : next++;
        const index = ports.withFiles ? -1 : (found.index[i] ?? -1);
        const isKnown = delta.holds(index, found, i);
        if (isKnown && !ports.allRows) {
          const settling = reader.settle();
          if (settling !== null) await settling;
          if (ports.seen.pass(index, keyOf, hashHere, ports.fileIndex, ordinal)) {
            passed.push(index);
            if (own >= 0) arrangement?.put(own, index);
            continue;
          }
        }
        tellPassed();
        const offset = from + ((batch.offset - from) * (i + 1)) / batch.count;
        const taken = {
          raw: Buffer.from(batch.bytes.subarray(batch.start[i], batch.end[i])),
          ordinal,
          hash: found.hash(i),
          unchanged: isKnown,
          near: ports.withFiles ? 0 : (found.near[i] ?? 0),
          slot: own,
          offset,
        };
        await reader.take(taken);
      }
      tellPassed();
      from = batch.offset;
      reader.reached(batch.offset);
    }
    return true;
  }

  /** Tells of records that were passed by since the last time. */
  function tellPassed(): void {
    if (passed.length === 0) return;
    const indexes = passed;
    passed = [];
    ports.results.unchanged(input, indexes.length, nth => keyOf(indexes[nth] ?? 0));
    ports.held?.countUnchanged(indexes.length);
  }

  /** Counts a row against the limit; false when there is no room for it. */
  function takeRow(): boolean {
    limit.reached = limit.left <= 0;
    limit.left--;
    return !limit.reached;
  }
}
