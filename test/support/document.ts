import { expect } from 'vitest';
import type { RunResult } from '../../src/import/result.ts';
import type { Ended } from './program.ts';

interface Said {
  readonly code: string;
  readonly message: string;
  readonly tip: string;
}

/** The document of `sic import --json` (design.md, section 4). */
export interface Document
  extends Pick<RunResult, 'kind' | 'run' | 'counts' | 'requests' | 'bulkRows' | 'rejects'> {
  readonly exitCode: number;
  readonly rows: readonly { key: string; status: string; problems: Said[]; warnings: Said[] }[];
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

/** Standard output is exactly one document whose exit code is the process's own and whose counters add up. */
export function documentOf({ stdout, code, stderr }: Pick<Ended, 'stdout' | 'stderr' | 'code'>): Document {
  expect(stdout, stderr).toMatch(/^\{.*\}\n$/s);
  const document: Document = JSON.parse(stdout);
  expect(document.exitCode).toBe(code);
  const { read, ...fates } = document.counts;
  expect(Object.values(fates).reduce((sum, count) => sum + count, 0)).toBe(read);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(stdout + stderr).not.toMatch(/\u001b/);
  return document;
}
