import { join } from 'node:path';
import { expect } from 'vitest';
import type { ParsedRecord } from '../../src/formats/record.ts';
import { rejectColumns } from '../../src/formats/reject-columns.ts';
import { openFile, readAll } from '../formats/files.ts';
import type { Read } from './outcome.ts';

const note = ['no-key', 'Name', 'A "quoted"; <b> & value', 'line 3', 'Two\nlines.', ''];

/** A reject file takes every record there is, and gives it back as it was. */
export async function expectRejectsReadAgain(folder: string, { file, records }: Read): Promise<void> {
  const path = join(folder, `rejects.${file.format}`);
  const writer = file.rejects(path, rejectColumns);
  for (const { raw } of records) writer.write(raw, note);
  await writer.close();
  // An empty NDJSON file is no file to take.
  if (records.length === 0) return;
  const again = await readAll(await openFile(path));
  expect(again.map(({ parsed }) => withoutNote(parsed))).toEqual(
    records.map(({ parsed }) => withoutNote(parsed)),
  );
}

function withoutNote(parsed: ParsedRecord): unknown {
  if (!parsed.ok) return 'bad';
  return [...parsed.cells].filter(([name]) => !rejectColumns.some(column => column === name));
}
