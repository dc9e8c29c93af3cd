import { BeforeImages } from '../state/before-images.ts';
import { loadFingerprints } from '../state/fingerprint.ts';
import { ensureStateFolder } from '../state/folder.ts';
import { openJournal } from '../state/journal.ts';
import { openKeptNames } from '../state/kept-names.ts';
import { acquireLock } from '../state/lock.ts';
import { openRowCounts, type RowCounts } from '../state/row-counts.ts';
import { openRowLog } from '../state/row-log.ts';
import { createRun, type RunFolder } from '../state/run-folder.ts';
import { readRunFile } from '../state/run-record.ts';
import { removeOldRuns } from '../state/tidy-runs.ts';
import { readOnce } from '../superoffice/once.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { intentsIn } from './apply/intents.ts';
import { requireSystemUser } from './bulk/strategy.ts';
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
import { type Input, type Inputs, openInputs } from './inputs.ts';
import { forgetLeftValues, nothingRead, recordBeginning, recordEnd, type SignedIn } from './kept-history.ts';
import { knownBlocks } from './known-blocks.ts';
import { type Judged, Layouts, LayoutsMoved } from './layouts.ts';
import { letFinish } from './let-finish.ts';
import { closeMemories, type Memory, openMemories } from './memory.ts';
import { OpenList } from './open-list.ts';
import type { RunOptions, RunPorts } from './ports.ts';
import { RejectFiles } from './reject-files.ts';
import type { RunResult } from './result.ts';
import { Results } from './results.ts';
import { runInput, type Shared } from './run-input.ts';
import { announceRun, endDoubts, isBug, settle } from './settle.ts';
import { requireAsShown, requireSameTenant } from './shown/check.ts';
import { findShrunken, noteRows } from './shrunken.ts';
import { listen, unlessAborted } from './stopping.ts';
import { endedBy, type Opened, toResult } from './summary.ts';
import { Turns } from './turns.ts';

/**
 * One import or validation, from files to result. Throws SicError for what stops it before the first row; what
 * happens later is in the result: `error` tells why a run ended early, and every row read has its fate.
 */
export async function run(options: RunOptions, ports: RunPorts): Promise<RunResult> {
  const started = ports.now();
  // Waiting for standard input may take for ever.
  const files = await unlessAborted(
    knownBlocks(ports.stateFolder).then(blocks => openInputs(options, { ...ports, blocks })),
    AbortSignal.any([ports.signal, ports.brake.signal]),
  );
  try {
    return await runFiles(options, ports, files, started);
  } finally {
    await files.close();
  }
}

async function runFiles(
  options: RunOptions,
  ports: RunPorts,
  { inputs: opened, named }: Inputs,
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
  let open: ReadonlyMap<string, Memory> = new Map();
  let signedIn: SignedIn | null = null;
  let folder: RunFolder | null = null;
  const begin = async (): Promise<RunFolder> => {
    const made = await createRun(ports.stateFolder, ports.now());
    await recordBeginning(made, options, ports, named, signedIn, started);
    ports.recorded(made.id);
    return made;
  };
  const begun = readOnce(begin);
  // Beside what follows, which asks SuperOffice; it touches nothing of this run.
  const tidied = lock ? tidy(ports) : Promise.resolve();
  try {
    // Before undici: what it has V8 compile would have to be waited for.
    await loadFingerprints();
    superoffice = ports.connect ? await ports.connect() : null;
    if (superoffice) signedIn = { tenant: superoffice.tenant, user: await superoffice.principal() };
    if (signedIn) requireSystemUser(options.strategy, signedIn.user);
    if (signedIn && ports.shown) requireSameTenant(ports.shown, signedIn);
    const tenant = signedIn && `${signedIn.tenant} ${signedIn.user.database}`;
    const layouts =
      superoffice && tenant !== null ? new Layouts(superoffice, opened, options, ports, tenant) : null;
    const judged = (await layouts?.judge()) ?? { inputs: opened, current: async () => {} };
    await tidied;
    // Written while the memories are read.
    const beginning = begun();
    const { memories, doubts } = await openMemories(
      opened,
      ports.stateFolder,
      tenant,
      lock && { letFinish: () => letFinish(ports.stateFolder, ports, ports.progress.note) },
    );
    open = memories;
    folder = await beginning;
    ports.progress.begin(folder.id, superoffice?.tenant ?? '');
    if (ports.shown)
      await requireAsShown(ports.shown, options, ports, {
        inputs: judged.inputs,
        superoffice,
        memories,
        doubts,
      });
    const openList =
      lock && tenant !== null
        ? await OpenList.open(ports.stateFolder, folder.id, tenant, await loadFingerprints())
        : null;
    const ready = { superoffice, memories, doubts, folder, openList, started };
    const images = lock === null ? null : imagesOf(folder, tenant, ports);
    try {
      return await runInputs(options, ports, { ...ready, ...judged }, images);
    } catch (error) {
      if (!layouts || !(error instanceof LayoutsMoved)) throw error;
    }
    // Nothing but unchanged rows was met, and now no row may pass for one by the layouts of before.
    return await runInputs(options, ports, { ...ready, ...(await layouts.judgeAnew()) }, images);
  } catch (error) {
    // That it failed is history, too: what matters is the error, whether or not it can be written down.
    await tidied
      .then(begun)
      .then(async made => {
        // A bug in the middle has told what was done by then.
        if ((await readRunFile(made.result)) !== undefined) return;
        await recordEnd(
          made,
          nothingRead(options, ports, made, started, failure(error, ports)),
          ports,
          false,
        );
      })
      .catch(() => {});
    throw error;
  } finally {
    await tidied;
    // What is left of a connection that does not close goes with the process; the lock would stay.
    await Promise.all([superoffice?.close(), closeMemories(open).finally(() => lock?.release())]);
  }
}

/** What earlier runs left, as far as the config wants it gone. */
async function tidy({ stateFolder, config, now }: RunPorts): Promise<void> {
  await forgetLeftValues(stateFolder, now());
  await removeOldRuns(stateFolder, config.history.keepDays, now());
}

function failure(error: unknown, { signal }: RunPorts): RunResult['error'] {
  if (signal.aborted) return endedBy(signal);
  return isBug(error) ? { code: 'bug', message: 'A bug in sic ended the run.', hint: null } : endedBy(error);
}

function imagesOf(folder: RunFolder, tenant: string | null, { config }: RunPorts): BeforeImages | null {
  if (!config.history.keepValues || tenant === null) return null;
  return new BeforeImages(folder, { kind: 'sic.import', tenant, undoes: null });
}

async function runInputs(
  options: RunOptions,
  ports: RunPorts,
  opened: Opened & Pick<Judged, 'current'>,
  images: BeforeImages | null,
): Promise<RunResult> {
  const { inputs, superoffice, folder } = opened;
  // Before anything is opened: it may refuse what --rejects says.
  const rejects = new RejectFiles(options.rejects, ports.cwd, folder, inputs);
  const keptNames = await openKeptNames(ports.stateFolder);
  const rowCounts = await openRowCounts(ports.stateFolder);
  const { keepValues } = ports.config.history;
  const rowLog = openRowLog(keepValues ? folder.rowLog : folder.rowLogWithValues);
  const journal = options.kind === 'import' ? await openJournal(folder.journal) : null;
  const announce = journal && readOnce(() => announceRun(opened, journal, ports.stateFolder));
  const intents = journal && announce && intentsIn(journal, opened.doubts, ports.now, announce);
  const results = new Results(options.kind === 'import' ? 'sic.import' : 'sic.validate', options, {
    log: row => {
      rowLog.append(row);
      ports.progress.row(row);
    },
    rejectsOf: input => rejects.writer(input),
    settled: (input, key, status) => opened.openList?.settled(input, key, status),
    passed: (input, rows, keyOf) => opened.openList?.passed(input, rows, keyOf),
    counted: (counts, live) => ports.brake.judge(counts, live, false),
  });
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
      current: opened.current,
      superoffice,
      intents,
      images,
      doubts: opened.doubts,
      turns: new Turns(),
      keptNames,
      results,
      stop,
      fingerprints: await loadFingerprints(),
      memories: opened.memories,
      seen: new Map(),
      limit,
      shown: ports.shown ?? null,
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
  if (announce && opened.doubts.any && !(stop.reason instanceof LayoutsMoved))
    await announce().catch((error: unknown) => {
      stop.reason ??= error;
    });
  // The journal after what tells of rows: it takes back what the next run would have to tell in place of this one.
  const last = journal && {
    close: () => {
      endDoubts(opened, journal);
      return journal.close();
    },
  };
  // One that cannot be closed (a full disk) does not keep the others open, nor the result untold.
  for (const open of [rejects, rowLog, images, last])
    await open?.close().catch((error: unknown) => {
      stop.reason ??= error;
    });
  if (isBug(stop.reason)) throw stop.reason;
  if (journal && stop.reason === null && !limit.reached) noteRows(inputs, results, rowCounts);
  if (journal)
    await Promise.all([keptNames.commit(), rowCounts.commit()])
      .then(() => settle(opened, ports.stateFolder))
      .catch((error: unknown) => {
        stop.reason ??= error;
      });
  await opened.openList?.commit(inputs, stop.reason === null && !limit.reached).catch((error: unknown) => {
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
  // What came of the rows is told all the same, and that the history lacks it.
  return recordEnd(folder, result, ports).then(
    () => result,
    (error: unknown) => ({ ...result, error: result.error ?? endedBy(error) }),
  );
}

/** What stops an import before its first row. */
async function tooShort(
  inputs: readonly Input[],
  { maxChanges }: RunOptions,
  rowCounts: RowCounts,
): Promise<TooMuch[]> {
  return acceptsAll(maxChanges) ? [] : (await findShrunken(inputs, rowCounts)).map(tooFewRows);
}
