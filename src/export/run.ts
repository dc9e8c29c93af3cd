import type { OutputRow } from '../formats/write/row-writer.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { type CachedRows, caching, openCache, type RowsAbout, readCache } from './cache.ts';
import type { Destination } from './destination.ts';
import { SavedFiles } from './files.ts';
import { identityOf } from './identity.ts';
import { NotImportable } from './not-importable.ts';
import { type Asked, type ExportPlan, planExport, writtenCriteria } from './plan.ts';
import type { ExportOptions, ExportPorts } from './ports.ts';
import type { ExportResult } from './result.ts';
import { exportRows } from './rows.ts';
import { openSince, type Since } from './since.ts';

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

/** The same question of the same SuperOffice has the same name. */
function nameOf({ search, where, order, limit }: ExportOptions, { address, config }: ExportPorts): string {
  const { integrationId, progIdPrefix } = config;
  return identityOf([address, search, where, order, limit, integrationId, progIdPrefix]);
}

async function cachedAnswer(options: ExportOptions, ports: ExportPorts): Promise<CachedRows | null> {
  const { cache } = options;
  if (cache === null || cache.refresh) return null;
  return readCache(ports.stateFolder, nameOf(options, ports), cache.maxAgeMs, ports.now());
}

type Handed = Omit<ExportResult, 'search' | 'durationMs'>;

async function fromCache(
  { about, ageMs, rows }: CachedRows,
  options: ExportOptions,
  { progress }: ExportPorts,
  destination: Destination,
): Promise<Handed> {
  const handed = await handOver({ about, rows: rows() }, options, progress, destination);
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
    const files = options.filesFolder === null ? null : new SavedFiles(options.filesFolder, superoffice);
    const { limit, search } = options;
    const notImportable =
      search.fields === null && source.datatype ? new NotImportable(source, columns) : null;
    const rows = exportRows(plan, {
      superoffice,
      fieldNames: ports.fieldNames,
      limit,
      since: since.from,
      files,
      notImportable,
    });
    const handed = await handOver(
      { about, rows: kept(rows, about, options, ports) },
      options,
      ports.progress,
      destination,
    );
    for (const note of notImportable?.notes() ?? []) ports.progress.note(note);
    // Of a part, nobody can say how far it goes.
    if (!handed.isCut && limit === null) await since.done();
    return {
      row: source.row,
      ...handed,
      files: files?.count ?? 0,
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
    name: nameOf(options, ports),
    search: options.search.name,
    now: ports.now(),
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
  return caching(rows, () => openCache(stateFolder, nameOf(options, ports), madeAt, about), progress.note);
}

/** Writes rows in the format that was asked for, until there are no more or nobody reads them. */
async function handOver(
  { about, rows }: Answer,
  { search, format, typed, csv }: ExportOptions,
  progress: ExportPorts['progress'],
  destination: Destination,
): Promise<{ readonly rows: number; readonly isCut: boolean }> {
  const { rowWriter } = await import('../formats/write/index.ts');
  const writer = rowWriter(format, { name: search.name, ...about, typed }, csv);
  let count = 0;
  if (!(await destination.write(writer.head()))) return { rows: 0, isCut: true };
  for await (const batch of rows) {
    const text = writer.rows(batch);
    if (text !== '' && !(await destination.write(text))) return { rows: count, isCut: true };
    count += batch.length;
    progress.update(count);
  }
  const isCut = !(await destination.write(writer.end()));
  if (!isCut) await destination.finish();
  return { rows: count, isCut };
}
