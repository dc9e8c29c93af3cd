import { access } from 'node:fs/promises';
import { type FileResult, isRowResult, type RowResult, type RunResult } from '../import/result.ts';
import { loadFingerprints } from '../state/fingerprint.ts';
import { readNdjson } from '../state/ndjson.ts';
import { runFolder, runIds } from '../state/run-folder.ts';
import { listIn, numberIn, property, textIn, textsIn } from './json.ts';
import { Later } from './later.ts';
import { readOpen } from './list.ts';
import { countsIn, isListed, type Kept, type OpenCounts, readKept } from './read.ts';
import type { FileOfRun, RowOfRun, RunDetails, Since } from './result.ts';
import { summaryOf } from './summary.ts';

/** Everything that is known of a run that exists. Throws SicError 'state' for a damaged list of its rows. */
export async function readDetails(
  stateFolder: string,
  profile: string,
  id: string,
  now: number,
): Promise<RunDetails> {
  const kept = await readKept(stateFolder, id);
  const later = await laterThan(stateFolder, id);
  const open = await readOpen(stateFolder);
  const { record, result } = kept;
  const logs = await rowLogs(stateFolder, id);
  const results = listIn(result, 'files').flatMap(fileResult);
  const flags = property(record, 'flags');
  return {
    ...(await summaryOf(kept, open, later, { stateFolder, now })),
    profile: textIn(record, 'profile') ?? textIn(result, 'profile') ?? profile,
    tenant: textIn(record, 'tenant') ?? textIn(result, 'tenant') ?? '',
    version: textIn(record, 'version'),
    flags: Object.fromEntries(Object.entries(Object(flags))),
    cwd: textIn(record, 'cwd'),
    config: textIn(record, 'config'),
    user: userIn(record),
    host: textIn(record, 'host'),
    pid: numberIn(record, 'pid'),
    folder: runFolder(stateFolder, id).path,
    inputs: listIn(record, 'files').flatMap(inputFile),
    results,
    added: listIn(result, 'added').flatMap(addedValue),
    warnings: listIn(result, 'warnings').flatMap(warning),
    fileWarnings: textsIn(result, 'fileWarnings'),
    limited: property(result, 'limited') === true,
    openWithoutKey: isListed(kept, open) ? open.rows.keylessIn(id) : 0,
    goneOn: later.goneOn(kept),
    rows: () => rowsOf(logs, kept, results, open),
  };
}

async function laterThan(stateFolder: string, id: string): Promise<Later> {
  const later = new Later();
  const ids = await runIds(stateFolder);
  for (const each of ids.slice(ids.indexOf(id) + 1).reverse()) later.add(await readKept(stateFolder, each));
  return later;
}

async function rowLogs(stateFolder: string, id: string): Promise<string[]> {
  const { rowLog, rowLogWithValues } = runFolder(stateFolder, id);
  const found: string[] = [];
  for (const path of [rowLog, rowLogWithValues])
    await access(path).then(
      () => found.push(path),
      () => {},
    );
  return found;
}

async function* rowsOf(
  logs: readonly string[],
  kept: Kept,
  results: readonly FileResult[],
  open: OpenCounts | null,
): AsyncGenerator<RowOfRun> {
  const sinceOf = await sinceIn(kept, results, open);
  for (const log of logs)
    for await (const row of readNdjson(log))
      if (isRowResult(row) && row.problems.length > 0) yield { ...row, since: sinceOf(row) };
}

async function sinceIn(
  kept: Kept,
  results: readonly FileResult[],
  open: OpenCounts | null,
): Promise<(row: RowResult) => Since | null> {
  if (textIn(kept.result, 'kind') !== 'sic.import') return () => null;
  if (!isListed(kept, open)) return () => ({ kind: 'unknown' });
  const fingerprints = await loadFingerprints();
  const tenant = `${textIn(kept.record, 'tenant') ?? ''} ${textIn(kept.record, 'database') ?? ''}`;
  const datatypes = new Map(results.map(({ file, datatype }) => [file, datatype]));
  return row => {
    const datatype = datatypes.get(row.file);
    if (row.key === '' || datatype === undefined || row.status === 'notReached') return { kind: 'unknown' };
    const run = open.rows.runOf({ tenant, datatype }, fingerprints.text(row.key));
    if (run === null) return { kind: 'passed' };
    return run === kept.id ? { kind: 'open' } : { kind: 'refused again', run };
  };
}

function userIn(record: unknown): RunDetails['user'] {
  const user = property(record, 'user');
  const os = textIn(user, 'os');
  if (os === null) return null;
  const signedIn = property(user, 'superoffice');
  const login = textIn(signedIn, 'login');
  return { os, superoffice: login === null ? null : { login, name: textIn(signedIn, 'name') ?? '' } };
}

function inputFile(file: unknown): FileOfRun[] {
  const named = textIn(file, 'named');
  if (named === null) return [];
  return [
    {
      named,
      path: textIn(file, 'path'),
      size: numberIn(file, 'size'),
      modified: textIn(file, 'modified'),
    },
  ];
}

function fileResult(value: unknown): FileResult[] {
  const [file, datatype] = [textIn(value, 'file'), textIn(value, 'datatype')];
  const counts = countsIn(property(value, 'counts'));
  if (file === null || datatype === null || counts === null) return [];
  return [{ file, datatype, counts, rejects: textIn(value, 'rejects') }];
}

function addedValue(value: unknown): { readonly list: string; readonly name: string }[] {
  const [list, name] = [textIn(value, 'list'), textIn(value, 'name')];
  return list === null || name === null ? [] : [{ list, name }];
}

function warning(value: unknown): RunResult['warnings'][number][] {
  const [code, count, first] = [textIn(value, 'code'), numberIn(value, 'count'), property(value, 'first')];
  return code === null || count === null || !isRowResult(first) ? [] : [{ code, count, first }];
}
