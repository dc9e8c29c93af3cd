import { dirname, join, relative } from 'node:path';
import type { Config } from '../config/config.ts';
import { headOf } from '../formats/format-of.ts';
import { findInputFile, type InputFile } from '../formats/input-file.ts';
import type { TemporaryFile } from '../formats/temporary-file.ts';
import { openZip, type ZipArchive, type ZipEntry } from '../formats/zip/archive.ts';
import { isPlainZip } from '../formats/zip/kind.ts';
import { chooseMapping, namesDatatype } from '../mapping/choose.ts';
import { folderPlace } from './files/folder.ts';
import type { FilePlace } from './files/place.ts';
import { zipPlace } from './files/zip.ts';

/** A data file, as it lies on disk or unpacked from a zip. */
export interface Source {
  /** As the user typed it, or `orders.zip/companies.csv`. */
  readonly label: string;
  /** For the config's mappings and for output beside it; of a file in a zip that of the zip. */
  readonly path: string;
  readonly input: InputFile;
  /** Where files that its rows name may be; `documents` or `attachments` is looked into too. */
  readonly placesWith: (folder: string) => readonly FilePlace[];
}

export interface Sources {
  readonly data: readonly Source[];
  /** Where the files of rows may be in a zip without any data file; of another source none. */
  readonly shelvesWith: (folder: string) => readonly FilePlace[];
  close(): Promise<void>;
}

/** What is needed to look into files. */
export interface SourcePorts {
  readonly config: Config;
  readonly cwd: string;
  readonly zipPassword: () => Promise<string | null>;
}

/** Endings of files that may hold records. */
const dataEnding = /\.(?:csv|tsv|xml|json|ndjson|jsonl)$/i;

/** The data files behind one name on the command line: the file itself, or what is in a zip. Throws SicError. */
export async function openSources(path: string, label: string, ports: SourcePorts): Promise<Sources> {
  const input = await findInputFile(path, label);
  if (!isPlainZip(headOf(input))) {
    const folder = label === '-' ? ports.cwd : dirname(path);
    const shown = relative(ports.cwd, folder) || '.';
    const placesWith = (name: string): FilePlace[] => [
      folderPlace(folder, label === '-' ? 'here' : `beside ${label}`),
      folderPlace(join(folder, name), `in ${join(shown, name)}`),
    ];
    return { data: [{ label, path, input, placesWith }], shelvesWith: () => [], close: async () => {} };
  }
  const archive = await openZip(input, { password: ports.zipPassword });
  const unpacked: TemporaryFile[] = [];
  const close = async (): Promise<void> => {
    for (const file of unpacked) file.discard();
    await archive.close();
  };
  try {
    const data: Source[] = [];
    for (const entry of dataEntries(archive, ports.config)) {
      const file = await archive.unpack(entry);
      unpacked.push(file);
      const placesWith = (name: string): FilePlace[] => placesBeside(archive, entry, name);
      data.push({ label: file.label, path, input: file, placesWith });
    }
    const shelvesWith = (name: string): FilePlace[] =>
      data.length === 0 ? [zipPlace(archive, ''), zipPlace(archive, name)] : [];
    return { data, shelvesWith, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Entries that are data files: by their ending and, where there are others, by a name that tells what they hold; so an
 * XML invoice beside the messages it hangs on is no data file. What lies among documents or attachments never is one.
 */
function dataEntries({ entries }: ZipArchive, config: Config): readonly ZipEntry[] {
  const candidates = entries.filter(
    ({ name }) => dataEnding.test(name) && !/(?:^|\/)(?:documents|attachments)\//i.test(name),
  );
  const told = candidates.filter(
    ({ name }) => namesDatatype(name) || chooseMapping(config.mappings, name)?.datatype != null,
  );
  return told.length > 0 ? told : candidates;
}

function placesBeside(archive: ZipArchive, entry: ZipEntry, folder: string): FilePlace[] {
  const own = entry.name.includes('/') ? entry.name.slice(0, entry.name.lastIndexOf('/')) : '';
  return [zipPlace(archive, own), zipPlace(archive, own === '' ? folder : `${own}/${folder}`)];
}
