import { SicError } from '../problems/sic-error.ts';
import { loadFingerprints } from '../state/fingerprint.ts';
import { ensureStateFolder } from '../state/folder.ts';
import { type Journal, openJournal } from '../state/journal.ts';
import { type KeptNames, openKeptNames } from '../state/kept-names.ts';
import { acquireLock } from '../state/lock.ts';
import { openRowCounts, type RowCounts } from '../state/row-counts.ts';
import { openRowLog } from '../state/row-log.ts';
import { createRun } from '../state/run-folder.ts';
import { markRemembered, markSettled, markUnsettled } from '../state/unsettled.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import { readOnce } from '../superoffice/once.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { intentsIn } from './apply/intents.ts';
import {
  acceptsAll,
  asBrake,
  changesIn,
  foretold,
  isTooMany,
  type TooMuch,
  tooFewRows,
  tooManyChanges,
} from './change-limit.ts';
import { type Input, openInputs, withLayout } from './inputs.ts';
import { openMemories } from './memory.ts';
import type { RunOptions, RunPorts } from './ports.ts';
import { RejectFiles } from './reject-files.ts';
import type { RunResult } from './result.ts';
import { Results } from './results.ts';
import { runInput, type Shared } from './run-input.ts';
import { findShrunken, noteRows } from './shrunken.ts';
import { type Opened, toResult, withoutRows } from './summary.ts';
import { Turns } from './turns.ts';

/**
 * One import or validation, from files to result. Throws SicError for what stops it before the first row; what
 * happens later is in the result: `error` tells why a run ended early, and every row read has its fate.
 */
export async function run(options: RunOptions, ports: RunPorts): Promise<RunResult> {
  const started = ports.now();
  // Waiting for standard input may take for ever.
  const files = await unlessAborted(
    openInputs(options, ports),
    AbortSignal.any([ports.signal, ports.brake.signal]),
  );
  try {
    return await runFiles(options, ports, files.inputs, started);
  } finally {
    await files.close();
  }
}

async function runFiles(
  options: RunOptions,
  ports: RunPorts,
  opened: readonly Input[],
  started: number,
): Promise<RunResult> {
  await ensureStateFolder(ports.stateFolder);
  const lock =
    options.kind === 'import'
      ? await acquireLock(ports.stateFolder, {
          now: ports.now(),
          command: `sic import ${options.files.join(' ')}`,
        })
      : null;
  let superoffice: SuperOffice | null = null;
  try {
    superoffice = ports.connect ? await ports.connect() : null;
    const inputs = superoffice ? await checkedAgainst(superoffice, opened, ports) : opened;
    const tenant = superoffice && `${superoffice.tenant} ${(await superoffice.principal()).database}`;
    const { memories, doubts } = await openMemories(inputs, ports.stateFolder, tenant, lock !== null);
    const folder = await createRun(ports.stateFolder, ports.now());
    return await runInputs(options, ports, { inputs, superoffice, memories, doubts, folder, started });
  } finally {
    await superoffice?.close();
    await lock?.release();
  }
}

/** Rejects with the signal's reason when it fires first. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Told why the run has to stop: the signal itself when it was interrupted, the error of a brake. */
function listen({ signal, brake }: RunPorts, stop: (reason: unknown) => void): () => void {
  const onSignal = (): void => stop(signal);
  const onBrake = (): void => stop(brake.signal.reason);
  signal.addEventListener('abort', onSignal);
  brake.signal.addEventListener('abort', onBrake);
  if (signal.aborted) onSignal();
  if (brake.signal.aborted) onBrake();
  return () => {
    signal.removeEventListener('abort', onSignal);
    brake.signal.removeEventListener('abort', onBrake);
  };
}

/** More-page columns can only be judged once SuperOffice has told its layout: still before the first row. */
async function checkedAgainst(
  superoffice: SuperOffice,
  inputs: readonly Input[],
  ports: RunPorts,
): Promise<Input[]> {
  const checked: Input[] = [];
  for (const input of inputs)
    checked.push(
      withLayout(input, ports.config, ports.names, await superoffice.udefs(input.datatype.entity)),
    );
  return checked;
}

async function runInputs(options: RunOptions, ports: RunPorts, opened: Opened): Promise<RunResult> {
  const { inputs, superoffice, folder } = opened;
  // Before anything is opened: it may refuse what --rejects says.
  const rejects = new RejectFiles(options.rejects, ports.cwd, folder, inputs);
  const rowLog = openRowLog(folder.rowLog);
  const journal = options.kind === 'import' ? await openJournal(folder.journal) : null;
  const announce = journal && readOnce(() => announceRun(opened, journal, ports.stateFolder));
  const intents = journal && announce && intentsIn(journal, opened.doubts, ports.now, announce);
  const keptNames = await openKeptNames(ports.stateFolder);
  const results = new Results(options.kind === 'import' ? 'sic.import' : 'sic.validate', options.allRows, {
    log: row => rowLog.append(row),
    rejectsOf: input => rejects.writer(input),
    counted: (counts, live) => ports.brake.judge(counts, live, false),
  });
  const rowCounts = await openRowCounts(ports.stateFolder);
  const foretellings: string[] = [];
  const limit = { left: options.limit ?? Number.POSITIVE_INFINITY, reached: false };
  const stop: { reason: unknown } = { reason: null };
  const stopListening = listen(ports, reason => {
    stop.reason ??= reason;
  });
  try {
    const shared: Shared = {
      options,
      ports,
      inputs,
      superoffice,
      intents,
      doubts: opened.doubts,
      turns: new Turns(),
      keptNames,
      results,
      stop,
      fingerprints: await loadFingerprints(),
      memories: opened.memories,
      seen: new Map(),
      limit,
    };
    for (const found of await tooShort(inputs, options, rowCounts))
      if (options.kind === 'import') ports.brake.pull(asBrake(found));
      else foretellings.push(foretold(found));
    for (const [index, input] of inputs.entries()) {
      if (stop.reason !== null) break;
      const before = results.live.updated;
      await runInput(input, index, shared);
      const changes = changesIn(results.countsOf(input), before);
      if (options.kind === 'validate' && isTooMany(options.maxChanges, changes))
        foretellings.push(foretold(tooManyChanges(input.label, options.maxChanges, changes)));
    }
    if (stop.reason === null) ports.brake.judge(results.counts, results.live, true);
  } catch (error) {
    stop.reason ??= error;
  } finally {
    stopListening();
    ports.progress.end();
  }
  // Doubts that no row of this run settled go on in its journal: the old one would have all of its rows looked at again.
  if (announce && opened.doubts.any)
    await announce().catch((error: unknown) => {
      stop.reason ??= error;
    });
  // One that cannot be closed (a full disk) does not keep the others open, nor the result untold.
  for (const open of [rejects, rowLog, journal])
    await open?.close().catch((error: unknown) => {
      stop.reason ??= error;
    });
  if (isBug(stop.reason)) throw stop.reason;
  if (journal && stop.reason === null && !limit.reached) noteRows(inputs, results, rowCounts);
  if (journal)
    await settle(opened, keptNames, rowCounts, ports.stateFolder).catch((error: unknown) => {
      stop.reason ??= error;
    });
  const result = toResult({
    ...opened,
    options,
    ports,
    results,
    rejects,
    rowLog,
    limited: limit.reached,
    foretellings,
    reason: stop.reason,
  });
  await folder.writeResult(withoutRows(result));
  return result;
}

/** What stops an import before its first row. */
async function tooShort(
  inputs: readonly Input[],
  { maxChanges }: RunOptions,
  rowCounts: RowCounts,
): Promise<TooMuch[]> {
  return acceptsAll(maxChanges) ? [] : (await findShrunken(inputs, rowCounts)).map(tooFewRows);
}

/** What was written is remembered from here on; until then the next run asks SuperOffice about it. */
async function settle(
  { memories, doubts, folder }: Opened,
  keptNames: KeptNames,
  rowCounts: RowCounts,
  stateFolder: string,
): Promise<void> {
  await keptNames.commit();
  await rowCounts.commit();
  for (const { store } of memories.values()) await store.commit();
  if (doubts.any) await markRemembered(stateFolder, folder.id);
  else await markSettled(stateFolder);
}

/**
 * Before the first write: the mark that this run is not settled takes the place of an earlier run's, so what that one left
 * in doubt is carried over.
 */
async function announceRun({ doubts, folder }: Opened, journal: Journal, stateFolder: string): Promise<void> {
  for (const entry of doubts.entries()) journal.append(entry);
  await journal.durable();
  await markUnsettled(stateFolder, folder.id);
}

/** Neither a signal nor anything a person can do something about. */
function isBug(reason: unknown): boolean {
  return reason instanceof Error && !(reason instanceof SicError) && !(reason instanceof SuperOfficeError);
}
