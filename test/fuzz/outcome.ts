import { expect } from 'vitest';
import type { RecordFile } from '../../src/formats/record.ts';
import { SicError } from '../../src/problems/sic-error.ts';
import { openFile, put, type ReadRecord, readAll, type Settings } from '../formats/files.ts';

export interface Read {
  readonly file: RecordFile;
  readonly records: readonly ReadRecord[];
}

/** What a file holds, or null when it is refused as people can understand it. Anything else is a bug and thrown. */
export async function readOrRefuse(
  folder: string,
  name: string,
  bytes: Uint8Array,
  settings: Settings = {},
): Promise<Read | null> {
  try {
    const file = await openFile(put(folder, name, bytes), settings);
    const records = await readAll(file);
    expectSound(file, records);
    return { file, records };
  } catch (error) {
    expectTold(error, 'file');
    return null;
  }
}

/** What every parser promises of what it hands out. */
function expectSound(file: RecordFile, records: readonly ReadRecord[]): void {
  const known = new Set(file.columns);
  let before = 0;
  for (const { line, parsed } of records) {
    expect(line).toBeGreaterThan(before);
    before = line;
    expect(file.place(line)).toMatch(/\d/);
    if (parsed.ok) for (const name of parsed.cells.keys()) expect(known).toContain(name);
    else {
      expect(parsed.problem.code).toMatch(/^[a-z][a-z-]+$/);
      expectSentence(parsed.problem.message);
      expectSentence(parsed.problem.tip);
    }
  }
}

/** An error for people, with what to do; not a crash. */
export function expectTold(error: unknown, ...codes: readonly SicError['code'][]): asserts error is SicError {
  if (!(error instanceof SicError)) throw error;
  expect(codes).toContain(error.code);
  expectSentence(error.message);
  expectSentence(error.hint ?? '');
}

/** Long enough to say what is wrong, short enough for a screen. */
function expectSentence(text: string): void {
  expect(text.length).toBeGreaterThan(5);
  expect(text.length, text).toBeLessThan(2500);
  expect(text).not.toContain('[object ');
}

/** Where a file is refused, without what is shown of it there: that ends where the bytes at hand do. */
export function placeIn({ message }: SicError): string {
  return `refused: ${message.match(/\b(?:line|byte) \d+/g)?.join()}`;
}
