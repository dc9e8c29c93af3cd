import type { OutputRow } from '../formats/write/row-writer.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { type CachedRows, caching, openCache, type RowsAbout, readCache } from './cache.ts';
import type { Destination } from './destination.ts';
import { SavedFiles } from './files/saved-files.ts';
import { identityOf } from './identity.ts';
import { NotImportable } from './not-importable.ts';
import { type Asked, type ExportPlan, planExport, writtenCriteria } from './plan.ts';
import type { ExportOptions, ExportPorts } from './ports.ts';
import type { ExportResult } from './result.ts';
import { exportRows } from './rows.ts';
import { openSince, type Since } from './since.ts';
import { Tally } from './tally.ts';

const nothingAsked: SuperOffice['requests'] = { total: 0, read: 0, write: 0, retried: 0 };

/** What a run hands over, wherever it comes from. */
interface Answer {
  readonly about: RowsAbout;
  readonly rows: AsyncIterable<readonly OutputRow[]>;
}

/**
 * Runs one export from its question to the last row. The destination is complete, or told to discard what it has: throws
 * SicError for what is wrong with the question or the disk, SuperOfficeError when SuperOffice gives up half-way.
 */
export async function runExport(
  options: ExportOptions,
  ports: ExportPorts,
  destination: Destination,
): Promise<ExportResult> {
  const started = ports.now();
  try {
    // Before anybody is asked: most mistakes are in what was typed.
    writtenCriteria(options.search, options.where);
    const cached = await cachedAnswer(options, ports);
    const result = cached
      ? await fromCache(cached, options, ports, destination)
      : await fromSuperOffice(options, ports, destination);
    return { search: options.search.name, ...result, durationMs: ports.now() - started };
  } finally {
    await destination.discard();
  }
}

export function askedOf({ where, order, since, filesFolder }: ExportOptions): Asked {
  return { where, order, isSince: since !== null, withFiles: filesFolder !== null };
}

/** The same question of the same SuperOffice has the same answer, for a while. */
function answerName(options: ExportOptions, ports: ExportPorts): string {
  const { order, limit } = options;
  return identityOf([questionOf(options, ports), options.search.order, order, limit]);
}

/** However many of them are wanted, and in which order: what was changed since goes by the same mark. */
function markName(options: ExportOptions, ports: ExportPorts): string {
  return identityOf(questionOf(options, ports));
}

/** Of what, which columns and criteria, and whatever else decides what is in them. */
function questionOf({ search, where }: ExportOptions, { address, config, fieldNames }: ExportPorts): unknown {
  const { name, of, fields, fixed } = search;
  const { integrationId, timeZone, earningMethod } = config;
  return [address, name, of, fields, fixed, where, integrationId, timeZone, earningMethod, fieldNames];
}

async function cachedAnswer(options: ExportOptions, ports: ExportPorts): Promise<CachedRows | null> {
  const { cache } = options;
  if (cache === null || cache.refresh) return null;
  return readCache(ports.stateFolder, answerName(options, ports), {
    maxAgeMs: cache.maxAgeMs,
    now: ports.now(),
    note: ports.progress.note,
  });
}

type Handed = Omit<ExportResult, 'search' | 'durationMs'>;

async function fromCache(
  { about, ageMs, rows, close }: CachedRows,
  options: ExportOptions,
  ports: ExportPorts,
  destination: Destination,
): Promise<Handed> {
  const tally = new Tally(ports.progress);
  const handed = await handOver({ about, rows: rows() }, options, ports, tally, destination).finally(close);
  return { row: about.row, ...handed, files: 0, servedAgeMs: ageMs, since: null, requests: nothingAsked };
}

async function fromSuperOffice(
  options: ExportOptions,
  ports: ExportPorts,
  destination: Destination,
): Promise<Handed> {
  const superoffice = await ports.connect();
  try {
    const plan = await planExport(options.search, askedOf(options), { ...ports, superoffice });
    const { source, columns } = plan;
    const about = { row: source.row, columns: columns.map(({ name }) => name) };
    const since = await sinceOf(options, ports, plan, superoffice);
    const tally = new Tally(ports.progress);
    const { limit, filesFolder, search } = options;
    const files =
      filesFolder === null ? null : new SavedFiles(filesFolder, superoffice, () => tally.add({ files: 1 }));
    const notImportable =
      search.fields === null && source.datatype ? new NotImportable(source, columns) : null;
    const rows = exportRows(plan, {
      superoffice,
      fieldNames: ports.fieldNames,
      limit,
      since: since.from,
      files,
      onRead: read => tally.add({ read }),
      notImportable,
    });
    const handed = await handOver(
      { about, rows: kept(rows, about, options, ports) },
      options,
      ports,
      tally,
      destination,
    );
    for (const note of notImportable?.notes() ?? []) ports.progress.note(note);
    // Of a part, nobody can say how far it goes.
    if (!handed.isCut && limit === null) await since.done();
    return {
      row: source.row,
      ...handed,
      files: tally.counts.files,
      servedAgeMs: null,
      since: since.from === null ? null : new Date(since.from).toISOString(),
      requests: { ...superoffice.requests },
    };
  } finally {
    await superoffice.close();
  }
}

function sinceOf(
  options: ExportOptions,
  ports: ExportPorts,
  { source }: ExportPlan,
  superoffice: SuperOffice,
): Promise<Since> {
  return openSince(options.since, source, superoffice, {
    stateFolder: ports.stateFolder,
    name: markName(options, ports),
    search: options.search.name,
    limit: options.limit,
    now: ports.now(),
    note: ports.progress.note,
  });
}

function kept(
  rows: AsyncIterable<readonly OutputRow[]>,
  about: RowsAbout,
  options: ExportOptions,
  ports: ExportPorts,
): AsyncIterable<readonly OutputRow[]> {
  const { stateFolder, now, progress } = ports;
  if (options.cache === null) return rows;
  const madeAt = now();
  return caching(
    rows,
    () => openCache(stateFolder, answerName(options, ports), madeAt, about),
    progress.note,
  );
}

/** Writes rows in the format that was asked for, until there are no more or nobody reads them. */
async function handOver(
  { about, rows }: Answer,
  { search, format, typed, csv }: ExportOptions,
  { signal }: ExportPorts,
  tally: Tally,
  destination: Destination,
): Promise<{ readonly rows: number; readonly isCut: boolean }> {
  const { rowWriter } = await import('../formats/write/index.ts');
  const writer = rowWriter(format, { name: search.name, ...about, typed }, csv);
  const put = async (text: string): Promise<boolean> => {
    signal.throwIfAborted();
    return text === '' || (await destination.write(text));
  };
  // With the first rows, so that what fails before them can still be told as a document of its own.
  let head = writer.head();
  for await (const batch of rows) {
    if (!(await put(head + writer.rows(batch)))) return { rows: tally.counts.rows, isCut: true };
    head = '';
    tally.add({ rows: batch.length });
  }
  const isTaken = (await put(head + writer.end())) && (await destination.finish());
  return { rows: tally.counts.rows, isCut: !isTaken };
}
