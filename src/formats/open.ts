import { openCsv } from './csv/csv-file.ts';
import { encodingByName } from './encoding-names.ts';
import { findInputFile } from './input-file.ts';
import type { RecordFile } from './record.ts';

export interface OpenSettings {
  /** One character; null: told from the header line. */
  readonly separator: string | null;
  /** As the config names it; null: told from the bytes. */
  readonly encoding: string | null;
  /** The path as the user typed it, for messages. */
  readonly label: string;
}

/**
 * Opens an input file: finds it, judges its encoding, checks every byte of it, reads its header. The label `-` is stdin.
 * Nothing stays open between this and `batches()`. Throws SicError 'file' for a file that cannot be taken at all,
 * 'config' for a setting that means nothing.
 */
export async function openRecords(path: string, settings: OpenSettings): Promise<RecordFile> {
  const encoding = settings.encoding === null ? null : encodingByName(settings.encoding);
  const input = await findInputFile(path, settings.label);
  return openCsv(path, input, { separator: settings.separator, encoding });
}
