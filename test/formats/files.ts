import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRecords } from '../../src/formats/open.ts';
import type { ParsedRecord, RecordFile } from '../../src/formats/record.ts';

export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export interface Settings {
  readonly separator?: string;
  readonly encoding?: string;
}

export function openFile(path: string, settings: Settings = {}): Promise<RecordFile> {
  return openRecords(path, {
    separator: settings.separator ?? null,
    encoding: settings.encoding ?? null,
    label: path.replace(/^.*[\\/]/, ''),
  });
}

export interface ReadRecord {
  readonly line: number;
  readonly raw: Buffer;
  readonly parsed: ParsedRecord;
}

export async function readAll(file: RecordFile): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  for await (const batch of file.batches()) {
    const raws: Buffer[] = [];
    for (let i = 0; i < batch.count; i++)
      raws.push(Buffer.from(batch.bytes.subarray(batch.start[i], batch.end[i])));
    const parsed = file.parse(raws);
    for (const [i, raw] of raws.entries()) {
      const result = parsed[i];
      if (!result) throw new Error('a record without a result');
      all.push({ line: batch.ordinal[i] ?? 0, raw, parsed: result });
    }
  }
  return all;
}

/** Cells of good records as arrays, problems as their codes. */
export function shape(records: readonly ReadRecord[]): (string | unknown[])[] {
  return records.map(({ parsed }) => (parsed.ok ? [...parsed.cells.values()] : parsed.problem.code));
}
