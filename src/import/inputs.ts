import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config, Mapping } from '../config/config.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import { datatypes } from '../datatypes/index.ts';
import type { FieldNames, UdefLayout } from '../datatypes/udef.ts';
import type { BlockPorts } from '../formats/blocks/block.ts';
import { openFound } from '../formats/open.ts';
import type { RecordFile } from '../formats/record.ts';
import { chooseDatatype, chooseMapping } from '../mapping/choose.ts';
import { planColumns } from '../mapping/columns.ts';
import { requireKnownLists } from '../mapping/list-names.ts';
import { type ColumnPlan, describePlan } from '../mapping/plan.ts';
import { SicError } from '../problems/sic-error.ts';
import { folderPlace } from './files/folder.ts';
import type { FilePlace } from './files/place.ts';
import { Shelf } from './files/shelf.ts';
import { expandPatterns } from './patterns.ts';
import { openSources, type Source, type SourcePorts, type Sources } from './sources.ts';

/** An opened file with everything that is known before its first record is read. */
export interface Input {
  /** As the user typed it. */
  readonly label: string;
  /** The file itself; of a file in a zip the zip. */
  readonly path: string;
  readonly records: RecordFile;
  readonly datatype: Datatype;
  readonly mapping: Mapping | null;
  readonly plan: ColumnPlan & { readonly fingerprint: string };
  /** Finds the files that its rows name; null when they name none. */
  readonly shelf: Shelf | null;
}

export interface Inputs {
  /** What was named, patterns resolved: data files, zips, `-`. */
  readonly named: readonly string[];
  readonly inputs: readonly Input[];
  close(): Promise<void>;
}

export interface InputOptions {
  /** Paths as typed. */
  readonly files: readonly string[];
  /** Overrides what the files tell. */
  readonly datatype: string | null;
  /** `--files` */
  readonly filesFolder: string | null;
}

export interface InputPorts extends SourcePorts {
  readonly names: FieldNames;
  /** What earlier imports read; none: files are looked through as a whole. */
  readonly blocks?: BlockPorts;
}

/**
 * Opens all files and looks at their headers, so that a bad one is refused before anything is sent. In the order in
 * which they are to be imported: parents before children, else as named.
 */
export async function openInputs(options: InputOptions, ports: InputPorts): Promise<Inputs> {
  const files = await expandPatterns(options.files, ports.cwd);
  const paths = files.map(file => resolve(ports.cwd, file));
  for (const [index, path] of paths.entries())
    if (paths.indexOf(path) !== index)
      throw new SicError('usage', `${files[index]} is named twice.`, { hint: 'Name each file once.' });
  requireKnownLists(ports.config.lists.keys());
  const extra = await extraPlaces(options.filesFolder, ports.cwd);
  const opened: Sources[] = [];
  const close = async (): Promise<void> => {
    for (const sources of opened) await sources.close();
  };
  try {
    const faults = new Faults();
    for (const [index, label] of files.entries())
      await faults.gather(async () => {
        opened.push(await openSources(paths[index] ?? label, label, ports));
      });
    const placesWith = (folder: string): FilePlace[] => [
      ...extra(folder),
      ...opened.flatMap(({ shelvesWith }) => shelvesWith(folder)),
    ];
    const inputs: Input[] = [];
    for (const source of opened.flatMap(({ data }) => data))
      await faults.gather(async () => {
        inputs.push(await openInput(source, placesWith, options.datatype, ports));
      });
    faults.throwIfAny();
    if (inputs.length === 0) throw noData(files);
    inputs.sort((a, b) => datatypes.indexOf(a.datatype) - datatypes.indexOf(b.datatype));
    return { named: files, inputs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openInput(
  { label, path, input, placesWith }: Source,
  elsewhere: (folder: string) => readonly FilePlace[],
  requested: string | null,
  { config, names, blocks }: InputPorts,
): Promise<Input> {
  const mapping = chooseMapping(config.mappings, label);
  const look = async (ports?: BlockPorts): Promise<Pick<Input, 'records' | 'datatype' | 'plan'>> => {
    const records = await openFound(input, path, {
      separator: mapping?.csv.separator ?? null,
      encoding: mapping?.csv.encoding ?? null,
      label,
      ...(ports && { blocks: ports }),
    });
    const datatype = chooseDatatype(label, requested, mapping, records.datatype);
    return { records, datatype, plan: planFor(label, records, datatype, mapping, config, names, null) };
  };
  const { records, datatype, plan } = await look(blocks).catch((error: unknown) => {
    // Known blocks bring all columns of the file they were in: one that is gone since must not have this file refused.
    if (!blocks) throw error;
    return look({ ...blocks, known: () => () => [] });
  });
  const folder = datatype.name === 'Message' ? 'attachments' : 'documents';
  const shelf = plan.fields.some(({ kind }) => kind === 'file' || kind === 'files' || kind === 'content')
    ? new Shelf([...placesWith(folder), ...elsewhere(folder)], config.documents.maxMegabytes * 1_000_000)
    : null;
  return { label, path, records, datatype, mapping, plan, shelf };
}

/** The folder of `--files`, with its `documents` or `attachments`. */
async function extraPlaces(folder: string | null, cwd: string): Promise<(name: string) => FilePlace[]> {
  if (folder === null) return () => [];
  const path = resolve(cwd, folder);
  const isFolder = await stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
  if (isFolder)
    return name => [
      folderPlace(path, `in ${folder}`),
      folderPlace(join(path, name), `in ${join(folder, name)}`),
    ];
  throw new SicError('usage', `--files ${folder} is no folder.`, {
    hint: 'Name the folder that holds the documents and attachments.',
  });
}

function noData(files: readonly string[]): SicError {
  return new SicError('file', `There is no data file in ${files.join(', ')}.`, {
    hint: 'A zip of documents goes along with the data file that names them: sic import documents.csv documents.zip',
  });
}

/** Gathers what is wrong with files, so that nobody has to find them one by one. */
class Faults {
  readonly #found: SicError[] = [];

  async gather(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof SicError)) throw error;
      this.#found.push(error);
    }
  }

  throwIfAny(): void {
    if (this.#found.length > 0) throw allFaults(this.#found);
  }
}

/** One error for all files that cannot be taken, so that nobody has to find them one by one. */
function allFaults(faults: readonly SicError[]): SicError {
  const [first] = faults;
  if (!first || faults.length === 1) return first ?? new SicError('file', 'No file can be taken.');
  const told = faults.map(({ message, detail, hint }) =>
    [message, detail, hint && `→ ${hint}`].filter(Boolean).join('\n'),
  );
  return new SicError(first.code, `${faults.length} files cannot be taken, so none was imported.`, {
    detail: told.join('\n'),
  });
}

/** The same input with its more-page columns checked against what SuperOffice has published. */
export function withLayout(input: Input, config: Config, names: FieldNames, layout: UdefLayout): Input {
  const { label, records, datatype, mapping } = input;
  return { ...input, plan: planFor(label, records, datatype, mapping, config, names, layout) };
}

function planFor(
  label: string,
  records: RecordFile,
  datatype: Datatype,
  mapping: Mapping | null,
  config: Config,
  fieldNames: FieldNames,
  layout: UdefLayout,
): Input['plan'] {
  const { integrationId, timeZone } = config;
  const plan = planColumns({
    file: label,
    columns: records.columns,
    fixed: records.format === 'csv',
    datatype,
    mapping,
    integrationId,
    timeZone,
    fieldNames,
    layout,
  });
  return { ...plan, fingerprint: describePlan(plan) };
}
