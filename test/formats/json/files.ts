import { findInputFile } from '../../../src/formats/input-file.ts';
import { openJson, openNdjson } from '../../../src/formats/json/json-file.ts';
import type { RecordFile } from '../../../src/formats/record.ts';
import { put, type ReadRecord, readAll } from '../files.ts';

/** Opens a file by the end of its name, `.json` or `.ndjson`. */
export async function openAt(path: string): Promise<RecordFile> {
  const label = path.replace(/^.*[\\/]/, '');
  const input = await findInputFile(path, label);
  return (label.endsWith('.ndjson') ? openNdjson : openJson)(path, input, { encoding: null });
}

export function openText(folder: string, name: string, content: string | Uint8Array): Promise<RecordFile> {
  return openAt(put(folder, name, content));
}

/** Cells of good records as objects, problems as their codes. */
export function objects(records: readonly ReadRecord[]): unknown[] {
  return records.map(({ parsed }) => (parsed.ok ? Object.fromEntries(parsed.cells) : parsed.problem.code));
}

export async function readText(folder: string, name: string, content: string | Uint8Array) {
  const file = await openText(folder, name, content);
  const records = await readAll(file);
  return {
    file,
    records,
    rows: objects(records),
    places: records.map(({ line }) => file.place(line)),
  };
}
