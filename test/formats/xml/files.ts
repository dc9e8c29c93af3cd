import { encodingByName } from '../../../src/formats/encoding-names.ts';
import { findInputFile } from '../../../src/formats/input-file.ts';
import type { Cell, RecordFile } from '../../../src/formats/record.ts';
import { openXml } from '../../../src/formats/xml/xml-file.ts';
import type { ReadRecord } from '../files.ts';

export async function openFile(path: string, encoding: string | null = null): Promise<RecordFile> {
  const input = await findInputFile(path, path.replace(/^.*[\\/]/, ''));
  return openXml(path, input, { encoding: encoding === null ? null : encodingByName(encoding) });
}

/** Good records as name and value pairs, bad ones as the code of their problem. */
export function named(records: readonly ReadRecord[]): (Record<string, Cell> | string)[] {
  return records.map(({ parsed }) => (parsed.ok ? Object.fromEntries(parsed.cells) : parsed.problem.code));
}
