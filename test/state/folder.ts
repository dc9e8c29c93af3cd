import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { SicError } from '../../src/problems/sic-error.ts';

/** A temp folder for one test file, removed after it. `fresh` makes a new one inside. */
export function tempFolder(): { readonly path: string; fresh(): string } {
  const path = mkdtempSync(join(tmpdir(), 'sic-state-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return { path, fresh: () => mkdtempSync(join(path, 'f-')) };
}

export async function refusal(promise: Promise<unknown>): Promise<SicError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SicError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

export async function collect(entries: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}
