import type { Field } from '../datatypes/field.ts';
import { datatypeNamed } from '../datatypes/index.ts';
import type { BeforeImages } from '../state/before-images.ts';
import type { Fingerprints } from '../state/fingerprint.ts';
import type { KeptNames } from '../state/kept-names.ts';
import { readOnce } from '../superoffice/once.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { WideLists } from '../superoffice/wide-lists.ts';
import type { Doubts } from './apply/doubts.ts';
import type { Intents } from './apply/intents.ts';
import { openBulk } from './bulk/bulk.ts';
import { bulkTables } from './bulk/for-file.ts';
import type { Gatherer } from './bulk/gatherer.ts';
import type { Tables } from './bulk/tables.ts';
import { acceptsAll } from './change-limit.ts';
import type { ChunkPorts } from './chunk.ts';
import { Delta } from './delta.ts';
import { type FileRunPorts, type RowLimit, runFile } from './file-run.ts';
import type { Input } from './inputs.ts';
import { findLastRows } from './last-rows.ts';
import { commit, type Memory } from './memory.ts';
import { offlineOutcome } from './offline.ts';
import { Pace } from './pace.ts';
import type { RunOptions, RunPorts } from './ports.ts';
import type { ParentLookup } from './resolve/parents.ts';
import type { Results } from './results.ts';
import { rulesOf } from './rules/index.ts';
import { SeenKeys } from './seen-keys.ts';
import { guardedBy } from './shown/guard.ts';
import type { ShownPlan } from './shown/read.ts';
import type { Turns } from './turns.ts';
import { runWithin } from './within-changes.ts';
import { work } from './work.ts';

/** Rows that are looked up together: as many as one wide list of keys, or one mass operation, holds. */
const rowsInChunk = 500;

/** What the files of a run share. */
export interface Shared {
  readonly options: RunOptions;
  readonly ports: RunPorts;
  readonly inputs: readonly Input[];
  /** See `Judged`. */
  readonly current: () => Promise<void>;
  readonly superoffice: SuperOffice | null;
  /** null: a dry run. */
  readonly intents: Intents | null;
  /** null: nothing is to be kept of what is overwritten. */
  readonly images: BeforeImages | null;
  readonly results: Results;
  readonly stop: { reason: unknown };
  readonly doubts: Doubts;
  readonly turns: Turns;
  readonly keptNames: KeptNames;
  readonly fingerprints: Fingerprints;
  /** What SuperOffice accepted before, by datatype. */
  readonly memories: ReadonlyMap<string, Memory>;
  /** Keys met in this run, by datatype. */
  readonly seen: Map<string, SeenKeys>;
  readonly limit: RowLimit;
  /** What is imported is what this plan has shown; null: there is no plan. */
  readonly shown: ShownPlan | null;
}

/** Works one file off, and remembers what SuperOffice accepted of it. */
export async function runInput(input: Input, fileIndex: number, all: Shared): Promise<void> {
  const { options, ports, results, stop } = all;
  const remember = options.kind === 'import';
  const tables = remember ? await bulkTables(input, options.strategy, all.superoffice) : null;
  const superoffice = all.superoffice && { ...all.superoffice, wideLists: new WideLists() };
  // Of each file its own: what another one needs is not asked for its sake. Lists are read once per run all the same.
  const directory =
    superoffice &&
    readOnce(async () => {
      const { readDirectory } = await import('./resolve/directory.ts');
      return readDirectory(superoffice, ports.config, fieldsToRead(input, ports));
    });
  const memory = all.memories.get(input.datatype.name);
  if (!memory) throw new Error(`no memory of ${input.datatype.name}`);
  const delta = await Delta.open(
    input,
    {
      fingerprints: all.fingerprints,
      policy: policyOf(ports),
      ignore: options.full,
      asked: superoffice !== null,
      remember,
    },
    memory,
  );
  const seen =
    all.seen.get(input.datatype.name) ??
    SeenKeys.of(memory.store, (file, block, nth) => recordsOf(all, file).ordinalIn(block, nth));
  seen.begin(delta.set);
  all.seen.set(input.datatype.name, seen);
  if (input.mapping?.duplicates === 'last') {
    await all.current();
    await findLastRows(input, fileIndex, delta, seen);
  }
  ports.progress.start(input.label, input.datatype.name, input.records.size);
  const parents = parentLookup(all);
  const listValueAdded = (list: string, name: string, ignoresCase = false): void =>
    results.listValueAdded(list, name, ignoresCase);
  const single: ChunkPorts | null = superoffice &&
    directory && {
      superoffice,
      directory,
      datatype: input.datatype,
      fields: input.plan.fields,
      names: ports.names,
      config: ports.config,
      keptNames: all.keptNames,
      parents,
      fingerprints: all.fingerprints,
      watch: {
        datatype: input.datatype,
        memory: memory.fields,
        fingerprints: all.fingerprints,
        policy: options.onConflict ?? ports.config.onConflict.get(input.datatype.name) ?? 'file',
      },
      doubts: all.doubts,
      apply: all.intents && {
        superoffice,
        intents: all.intents,
        images: all.images,
        names: ports.names,
        fingerprints: all.fingerprints,
        fields: memory.fields,
        doubts: all.doubts,
        turns: all.turns,
        now: ports.now,
        keptNames: all.keptNames,
        sleep: ports.sleep,
        signal: ports.signal,
        listValueAdded: (list, name) => {
          all.images?.noteListValue(list, name);
          listValueAdded(list, name);
        },
      },
      bulk: null,
      updates: null,
      shown: all.shown && guardedBy(all.shown, input.datatype),
      stop,
      turns: all.turns,
      pace: new Pace(),
      reached: status => {
        results.reached(status);
        ports.progress.update(results.live, 0);
      },
      listValueAdded,
    };
  const chunk = single && { ...single, bulk: gathererOf(tables, single, all) };
  try {
    const file: FileRunPorts = {
      input,
      fileIndex,
      delta,
      seen,
      results,
      current: all.current,
      check: row => rulesOf(input.datatype.name).flatMap(({ check }) => check?.(row, ports.config) ?? []),
      withFiles: input.shelf && (row => input.shelf?.attach(row) ?? Promise.resolve(row)),
      placeOf: (file, line) => placeIn(all.inputs, file, line),
      allGiven: () => chunk?.bulk?.end(),
      holdsBack: held => chunk?.bulk?.holdBack(held),
      stopped: () => stop.reason !== null,
      limit: all.limit,
      held: null,
      chunkSize: rowsInChunk,
      allRows: options.allRows,
      remember,
      tick: bytes => ports.progress.update(results.live, bytes),
      work: async rows =>
        rows.map(row => {
          const outcome = offlineOutcome(row);
          results.reached(outcome.status);
          return outcome;
        }),
    };
    if (chunk === null) await runFile(file);
    else if (!remember || acceptsAll(options.maxChanges))
      await runFile({ ...file, work: rows => work(rows, chunk) });
    else await runWithin(options.maxChanges, file, chunk, ports);
  } finally {
    if (remember) await commit(memory);
  }
}

/** null: updates are written one by one. */
function gathererOf(
  tables: Tables | null,
  chunk: ChunkPorts,
  { options: { strategy }, ports, results }: Shared,
): Gatherer | null {
  if (tables === null || chunk.apply === null) return null;
  return openBulk({
    strategy,
    tables,
    apply: chunk.apply,
    chunk,
    note: ports.progress.note,
    written: rows => {
      results.bulkRows += rows;
    },
  });
}

function parentLookup({ seen, inputs, fingerprints, options, ports }: Shared): ParentLookup {
  return {
    datatype: name => {
      const datatype = datatypeNamed(name);
      if (!datatype) throw new Error(`no datatype ${name}`);
      return datatype;
    },
    names: ports.names,
    inThisRun: (datatype, key) => {
      const row = seen.get(datatype)?.get(fingerprints.text(key)) ?? null;
      return (
        row && {
          // Of a row that nobody looked at it has to be worked out.
          get place() {
            return placeIn(inputs, row.file, row.ordinal);
          },
          status: row.status,
          record: row.record,
        }
      );
    },
    dryRun: options.kind === 'validate',
  };
}

function recordsOf({ inputs }: Shared, file: number): Input['records'] {
  const input = inputs[file];
  if (!input) throw new Error(`no file ${file}`);
  return input.records;
}

function placeIn(inputs: readonly Input[], file: number, ordinal: number): string {
  const input = inputs[file];
  return input ? `${input.label}, ${input.records.place(ordinal)}` : `record ${ordinal}`;
}

/** What, besides the record, decides which values are accepted: a changed list policy has to see every row again. */
function policyOf({ config, names }: RunPorts): string {
  const { lists, fallbackAssociate, earningMethod, documents } = config;
  return JSON.stringify([[...lists].sort(), fallbackAssociate, names, earningMethod, documents.template]);
}

/** Fields whose lists have to be known: those of the file, and those that something is worked out of. */
function fieldsToRead({ datatype, plan }: Input, { config }: RunPorts): Field[] {
  return [
    ...plan.fields,
    ...datatype.fields.filter(
      ({ name }) =>
        datatype.alwaysRead?.includes(name) ||
        (name === 'DocumentTemplate' && config.documents.template !== null),
    ),
  ];
}
