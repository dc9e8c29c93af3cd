import { datatypes } from '../../datatypes/index.ts';
import { SicError } from '../../problems/sic-error.ts';
import { BeforeImages, type KeptImages, readBeforeImages } from '../../state/before-images.ts';
import { type Fates, readFates } from '../../state/fates.ts';
import { loadFingerprints } from '../../state/fingerprint.ts';
import { ensureStateFolder } from '../../state/folder.ts';
import { type Journal, openJournal } from '../../state/journal.ts';
import { openKeptNames } from '../../state/kept-names.ts';
import { acquireLock } from '../../state/lock.ts';
import { openRowLog, type RowLog } from '../../state/row-log.ts';
import { createRun, type RunFolder, runFolder } from '../../state/run-folder.ts';
import { writeRunRecord } from '../../state/run-record.ts';
import { readOnce } from '../../superoffice/once.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import { intentsIn } from '../apply/intents.ts';
import { letFinish } from '../let-finish.ts';
import { closeMemories, forgetRecord, openMemories } from '../memory.ts';
import { announceRun, isBug, settle } from '../settle.ts';
import { endedBy } from '../summary.ts';
import { inBatches } from './batches.ts';
import { KnownFields } from './known-fields.ts';
import type { UndoOptions, UndoRunPorts } from './ports.ts';
import { isUndoRow, noUndoCounts, type UndoCounts, type UndoResult, type UndoRow } from './result.ts';
import { type BatchPorts, workBatch } from './work-batch.ts';
import type { UndoPorts } from './write.ts';

/** What is known of the run that is to be taken back. */
interface Target {
  readonly kept: KeptImages;
  readonly fates: Fates;
}

/**
 * Takes a run back, or in a dry run tells what that would do: fields that still hold what the run wrote get what they
 * held before. It is a run of its own, which can be taken back as well. Throws SicError for what stops it before the first
 * record; what happens later is in the result.
 */
export async function undo(options: UndoOptions, ports: UndoRunPorts): Promise<UndoResult> {
  const started = ports.now();
  const target = await openTarget(options.run, ports);
  await ensureStateFolder(ports.stateFolder);
  const lock = options.dryRun
    ? null
    : await acquireLock(ports.stateFolder, { now: ports.now(), command: `sic undo ${options.run}` });
  let superoffice: SuperOffice | null = null;
  try {
    superoffice = await ports.connect();
    const user = await superoffice.principal();
    const tenant = `${superoffice.tenant} ${user.database}`;
    if (target && target.kept.tenant !== tenant) throw anotherTenant(options.run, target.kept.tenant, tenant);
    const folder = await createRun(ports.stateFolder, ports.now());
    await writeRunRecord(folder, {
      kind: 'undo',
      undoes: options.run,
      // That nothing was to be written is what counts, whether or not it was asked for.
      flags: { ...ports.flags, ...(options.dryRun ? { 'dry-run': true } : {}) },
      files: [],
      cwd: ports.cwd,
      config: ports.config.file,
      profile: ports.profile,
      tenant: superoffice.tenant,
      database: user.database,
      superofficeUser: { login: user.associate, name: user.fullName },
      version: ports.version,
      startedAt: new Date(started).toISOString(),
    });
    return await runBatches(options, ports, { target, superoffice, tenant, folder, started });
  } finally {
    await superoffice?.close();
    await lock?.release();
  }
}

/** null: the run wrote nothing. Throws SicError 'usage' when nothing is kept of what it wrote. */
async function openTarget(run: string, { stateFolder, config }: UndoRunPorts): Promise<Target | null> {
  const folder = runFolder(stateFolder, run);
  // One after the other: of two at once, one that is refused leaves the file of the other open.
  const fates = await readFates(folder.journal);
  const kept = await readBeforeImages(folder);
  if (kept) return { kept, fates };
  if (fates.announced === 0) return null;
  const setting = '"history": { "keepValues": false }';
  throw new SicError(
    'usage',
    `Run ${run} cannot be taken back: what it overwrote was not kept, or is not there any more.`,
    {
      hint: config.history.keepValues
        ? `Was it run while the config had ${setting}, or by an older version of sic?`
        : `The config has ${setting}. Without it, runs to come can be taken back.`,
    },
  );
}

function anotherTenant(run: string, one: string, other: string): SicError {
  return new SicError(
    'usage',
    `Run ${run} wrote to another SuperOffice (${one}) than the one that is signed in to (${other}).`,
    { hint: 'Choose the profile that it was run with: --profile NAME' },
  );
}

interface Opened {
  readonly target: Target | null;
  readonly superoffice: SuperOffice;
  readonly tenant: string;
  readonly folder: RunFolder;
  readonly started: number;
}

async function runBatches(options: UndoOptions, ports: UndoRunPorts, opened: Opened): Promise<UndoResult> {
  const { superoffice, folder, target } = opened;
  // First: it may refuse what is remembered.
  const writer = options.dryRun || target === null ? null : await openWriter(options, ports, opened);
  const stop: { reason: unknown } = { reason: null };
  const onAbort = (): void => {
    stop.reason ??= ports.signal;
  };
  ports.signal.addEventListener('abort', onAbort);
  if (ports.signal.aborted) onAbort();
  const counts = noUndoCounts();
  const { keepValues } = ports.config.history;
  const rowLog = openRowLog(keepValues ? folder.rowLog : folder.rowLogWithValues);
  try {
    const batchPorts: BatchPorts = {
      superoffice,
      config: ports.config,
      names: ports.names,
      keptNames: await openKeptNames(ports.stateFolder),
      knownFields: new KnownFields(superoffice, ports.names),
      deleteCreated: options.deleteCreated,
      deleted: new Map(),
      write: writer?.ports ?? null,
      stop,
    };
    if (target)
      for await (const batch of inBatches(target.kept.images(), target.fates)) {
        for (const row of await workBatch(batch, batchPorts)) tell(row, options, counts, rowLog);
        ports.update(counts);
      }
  } catch (error) {
    stop.reason ??= error;
  } finally {
    ports.signal.removeEventListener('abort', onAbort);
  }
  for (const close of [() => rowLog.close(), ...(writer?.closings ?? [])])
    await close().catch((error: unknown) => {
      stop.reason ??= error;
    });
  try {
    if (isBug(stop.reason)) throw stop.reason;
    await writer?.settle().catch((error: unknown) => {
      stop.reason ??= error;
    });
  } finally {
    await writer?.letGo();
  }
  const result = await toResult(options, ports, opened, counts, rowLog, stop.reason);
  // What came of the records is told all the same, and that the history lacks it.
  const { rows: _rows, ...withoutRows } = result;
  const kept = {
    ...withoutRows,
    ...(keepValues ? {} : { listValues: result.listValues.map(({ list }) => ({ list, name: '' })) }),
    endedAt: new Date(ports.now()).toISOString(),
    exitCode: ports.exitCodeOf(result),
  };
  return folder.writeResult(kept).then(
    () => result,
    (error: unknown) => ({ ...result, error: result.error ?? endedBy(error) }),
  );
}

function tell(row: UndoRow, options: UndoOptions, counts: UndoCounts, rowLog: RowLog): void {
  counts.records++;
  counts[row.status]++;
  const wouldChange = options.dryRun && (row.changes.length > 0 || row.status === 'deleted');
  if (options.allRows || wouldChange || row.problems.length > 0) rowLog.append(row);
}

interface Writer {
  readonly ports: UndoPorts;
  /** One after the other; that one of them fails keeps none of the others from its work. */
  readonly closings: readonly (() => Promise<void>)[];
  /** What was written is remembered, and what was taken back forgotten, from here on. */
  settle(): Promise<void>;
  letGo(): Promise<void>;
}

async function openWriter(
  options: UndoOptions,
  { config, names, stateFolder, now, sleep, note }: UndoRunPorts,
  { superoffice, tenant, folder }: Opened,
): Promise<Writer> {
  const fingerprints = await loadFingerprints();
  const inputs = datatypes.map(datatype => ({ datatype }));
  const { memories, doubts } = await openMemories(inputs, stateFolder, tenant, {
    letFinish: () => letFinish(stateFolder, { now, sleep }, note),
  });
  const journal: Journal = await openJournal(folder.journal);
  const announce = readOnce(() => announceRun({ doubts, folder }, journal, stateFolder));
  const images = config.history.keepValues
    ? new BeforeImages(folder, { kind: 'sic.undo', tenant, undoes: options.run })
    : null;
  return {
    ports: {
      superoffice,
      intents: intentsIn(journal, doubts, now, announce),
      images,
      names,
      forget: (datatype, key) => {
        const memory = memories.get(datatype);
        if (memory) forgetRecord(memory, key, fingerprints);
      },
    },
    closings: [
      // What earlier runs left in doubt goes on in this journal, as after an import.
      async () => (doubts.any ? announce() : undefined),
      async () => images?.close(),
      () => journal.close(),
    ],
    settle: () => settle({ memories, doubts, folder }, stateFolder),
    letGo: () => closeMemories(memories),
  };
}

async function toResult(
  options: UndoOptions,
  ports: UndoRunPorts,
  { superoffice, folder, started, target }: Opened,
  counts: UndoCounts,
  rowLog: RowLog,
  reason: unknown,
): Promise<UndoResult> {
  return {
    kind: 'sic.undo',
    dryRun: options.dryRun,
    run: folder.id,
    undoes: options.run,
    profile: ports.profile,
    tenant: superoffice.tenant,
    durationMs: Math.round(ports.now() - started),
    counts,
    requests: { ...superoffice.requests },
    listValues: target ? await target.kept.listValues() : [],
    rows: async function* () {
      for await (const row of rowLog.read()) if (isUndoRow(row)) yield row;
    },
    error: endedBy(reason),
  };
}
