import type { BlockPorts } from './blocks/block.ts';
import { openCsv } from './csv/csv-file.ts';
import { encodingByName } from './encoding-names.ts';
import { formatOf } from './format-of.ts';
import { findInputFile, type InputFile } from './input-file.ts';
import type { RecordFile } from './record.ts';

export interface OpenSettings {
  /** One character; null: told from the header line. CSV only. */
  readonly separator: string | null;
  /** As the config names it; null: told from the bytes. */
  readonly encoding: string | null;
  /** The path as the user typed it, for messages. */
  readonly label: string;
  /** Cuts the file into blocks while it is checked; none: it is only checked. */
  readonly blocks?: BlockPorts;
}

/** Finds a file and opens it. The label `-` is stdin. Throws as `openFound` does. */
export async function openRecords(path: string, settings: OpenSettings): Promise<RecordFile> {
  return openFound(await findInputFile(path, settings.label), path, settings);
}

/**
 * Opens an input file in the format that its content shows: judges its encoding, checks every byte of it, reads which
 * columns it has. Nothing stays open between this and `batches()`. Throws SicError 'file' for a file that cannot be taken
 * at all, 'config' for a setting that means nothing.
 */
export async function openFound(
  input: InputFile,
  path: string,
  { separator, encoding: name, blocks }: OpenSettings,
): Promise<RecordFile> {
  const encoding = name === null ? null : encodingByName(name);
  switch (formatOf(input)) {
    case 'xml': {
      const { openXml } = await import('./xml/xml-file.ts');
      return openXml(path, input, { encoding, blocks });
    }
    case 'json': {
      const { openJson } = await import('./json/json-file.ts');
      return openJson(path, input, { encoding, blocks });
    }
    case 'ndjson': {
      const { openNdjson } = await import('./json/json-file.ts');
      return openNdjson(path, input, { encoding, blocks });
    }
    case 'csv':
      return openCsv(path, input, { separator, encoding, blocks });
  }
}
