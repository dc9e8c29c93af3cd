import { Delta } from '../../src/import/delta.ts';
import { type FileRunPorts, runFile } from '../../src/import/file-run.ts';
import type { Input } from '../../src/import/inputs.ts';
import { findLastRows } from '../../src/import/last-rows.ts';
import { closeMemories, hashOfSet, type Memory, mixed, openMemories } from '../../src/import/memory.ts';
import { Results } from '../../src/import/results.ts';
import { SeenKeys } from '../../src/import/seen-keys.ts';
import type { Row } from '../../src/mapping/row.ts';
import { type AcceptedStore, acceptanceFrom, type Hash64 } from '../../src/state/accepted.ts';
import { type Fingerprints, loadFingerprints } from '../../src/state/fingerprint.ts';
import { fateOf, isTaken, type Seen, type Told, type Wish } from './run.ts';

const tenant = 'Cust1';

/** What can be seen of a run of the real thing. */
export interface Watched extends Omit<Seen, 'told'> {
  /** Rows that were looked at. */
  readonly told: readonly Told[];
  /** Hashes of the keys of rows that were passed by, by file. */
  readonly passed: ReadonlyMap<string, readonly string[]>;
  /** Of these, how many with a whole block. */
  readonly passedInBlocks: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly seen: SeenKeys | null;
}

/** Runs files as an import does, with the memory of a state folder. SuperOffice's answers are chosen by the wish. */
export async function runTiers(inputs: readonly Input[], stateFolder: string, wish: Wish): Promise<Watched> {
  const fingerprints = await loadFingerprints();
  const remember = wish.kind !== 'validate';
  const { memories } = await openMemories(
    inputs,
    stateFolder,
    tenant,
    remember ? { letFinish: async () => {} } : null,
  );
  const told: Told[] = [];
  const rejected = new Map<string, string>();
  const passed = new Map<string, string[]>();
  const worked: Row[] = [];
  let passedInBlocks = 0;
  const results = new Results(
    'sic.import',
    { allRows: true, keepChanges: true },
    {
      log: ({ file, place, key, status, problems, warnings }) =>
        told.push({
          file,
          place,
          key,
          status,
          said: [...problems, ...warnings].map(({ message }) => message),
          rejected: rejected.get(`${file} ${place}`) ?? null,
        }),
      rejectsOf: input => ({
        write: (record, extra) => {
          const written = Buffer.from(record).toString('latin1');
          const last = told.findLast(row => row.file === input.label && row.place === extra[3]);
          if (last) told[told.indexOf(last)] = { ...last, rejected: written };
        },
        close: async () => {},
      }),
      settled: () => {},
      passed: (input, rows, keyOf) => {
        const keys = passed.get(input.label) ?? [];
        passed.set(input.label, keys);
        for (let nth = 0; nth < rows; nth++) keys.push(textOf(keyOf(nth)));
      },
    },
  );
  const limit = { left: wish.limit ?? Number.POSITIVE_INFINITY, reached: false };
  const memory = memories.get('Company');
  if (!memory) throw new Error('no memory');
  let seen: SeenKeys | null = null;
  try {
    for (const [fileIndex, input] of inputs.entries()) {
      const rules = { fingerprints, policy: wish.policy, ignore: wish.full, asked: true, remember };
      const delta = await Delta.open(input, rules, memory);
      seen ??= SeenKeys.of(memory.store, (file, block, nth) => recordsOf(inputs, file).ordinalIn(block, nth));
      seen.begin(delta.set);
      if (input.mapping?.duplicates === 'last') await findLastRows(input, fileIndex, delta, seen);
      const watch = watchReading(input);
      const before = results.counts.read;
      const ports: FileRunPorts = {
        input: watch.input,
        fileIndex,
        delta,
        seen,
        results,
        placeOf: (file, ordinal) => `${inputs[file]?.label}, ${recordsOf(inputs, file).place(ordinal)}`,
        work: async rows => {
          worked.push(...rows);
          return rows.map(row => {
            const { status, differs } = fateOf(row, wish.mood);
            results.reached(status);
            const { problems } = row;
            return { status, problems, warnings: [], changes: [], ...(differs && { differs }) };
          });
        },
        current: async () => {},
        allGiven: () => {},
        holdsBack: () => {},
        stopped: () => false,
        limit,
        held: null,
        chunkSize: wish.chunkSize,
        allRows: wish.allRows,
        remember,
        check: () => [],
        withFiles: null,
        tick: () => {},
      };
      await runFile(ports);
      passedInBlocks += Math.max(0, results.counts.read - before - watch.handedOut());
      if (wish.kind === 'import') await memory.store.commit();
    }
  } finally {
    await closeMemories(memories);
  }
  if (wish.kind === 'killed') await settleKilled(inputs, stateFolder, worked.slice(0, wish.writes), wish);
  return {
    told,
    passed,
    passedInBlocks,
    worked: worked.map(({ key }) => key),
    isLimited: limit.reached,
    counts: results.counts,
    seen,
  };
}

/** The same input; tells how many records of it were handed out to be looked at. */
function watchReading(input: Input): { readonly input: Input; readonly handedOut: () => number } {
  let records = 0;
  async function* batches(...given: Parameters<Input['records']['batches']>) {
    for await (const batch of input.records.batches(...given)) {
      records += batch.count;
      yield batch;
    }
  }
  return { input: { ...input, records: { ...input.records, batches } }, handedOut: () => records };
}

/** What the next run does about one that was killed: its journal has these rows. */
async function settleKilled(
  inputs: readonly Input[],
  stateFolder: string,
  rows: readonly Row[],
  wish: Wish,
): Promise<void> {
  const fingerprints = await loadFingerprints();
  const { memories } = await openMemories(inputs, stateFolder, tenant, { letFinish: async () => {} });
  for (const { store, sets } of memories.values()) {
    for (const row of rows) {
      const key = fingerprints.text(row.key);
      for (const set of sets.all) store.forget(mixed(key, hashOfSet(set, fingerprints)));
      const acceptance = acceptanceFrom(row.acceptance?.());
      if (!acceptance) throw new Error('a row without its acceptance');
      if (isTaken(fateOf(row, wish.mood))) store.accept(acceptance);
    }
    await store.commit();
  }
  await closeMemories(memories);
}

function recordsOf(inputs: readonly Input[], file: number): Input['records'] {
  const input = inputs[file];
  if (!input) throw new Error(`no file ${file}`);
  return input.records;
}

export function textOf({ lo, hi }: Hash64): string {
  return `${hi} ${lo}`;
}

/** What the state folder says by now. */
export async function openState(
  inputs: readonly Pick<Input, 'datatype'>[],
  stateFolder: string,
): Promise<{
  readonly store: AcceptedStore;
  readonly sets: Memory['sets'];
  readonly fingerprints: Fingerprints;
}> {
  const { memories } = await openMemories(inputs, stateFolder, tenant, null);
  const memory = memories.get('Company');
  if (!memory) throw new Error('no memory');
  memory.store.load();
  await closeMemories(memories);
  return { store: memory.store, sets: memory.sets, fingerprints: await loadFingerprints() };
}
