import { type Counts, noCounts, type RowResult, type RunResult } from '../../src/import/result.ts';
import type { Problem } from '../../src/problems/problem.ts';
import { plain } from '../../src/report/style.ts';
import { type TerminalOptions, writeTerminal } from '../../src/report/terminal.ts';

export function counts(some: Partial<Counts>): Counts {
  return { ...noCounts(), ...some };
}

export function problem(some: Partial<Problem> = {}): Problem {
  return {
    field: 'CountryName',
    value: 'Atlantis',
    code: 'country-not-found',
    message: 'SuperOffice has no country of this name.',
    tip: 'Write the name or the two-letter code.',
    ...some,
  };
}

export function row(some: Partial<RowResult> = {}): RowResult {
  return {
    file: 'companies.csv',
    place: 'line 12',
    key: 'C-12',
    status: 'rejected',
    problems: [],
    warnings: [],
    changes: [],
    ...some,
  };
}

/** A result whose one file has the counters of the run. */
export function result(some: Partial<RunResult> = {}, rows: readonly RowResult[] = []): RunResult {
  const all = some.counts ?? noCounts();
  return {
    kind: 'sic.import',
    offline: false,
    run: '20261122-120000',
    profile: 'prod',
    tenant: 'Cust12345',
    durationMs: 2000,
    counts: all,
    files: [{ file: 'companies.csv', datatype: 'Company', counts: all, rejects: some.rejects ?? null }],
    requests: { total: 0, read: 0, write: 0, retried: 0 },
    bulkRows: 0,
    rejects: null,
    added: [],
    warnings: [],
    fileWarnings: [],
    limited: false,
    async *rows() {
      yield* rows;
    },
    async *keptRows() {
      yield* rows;
    },
    error: null,
    ...some,
  };
}

export async function terminalText(
  shown: RunResult,
  options: Partial<TerminalOptions> = {},
): Promise<string> {
  let text = '';
  await writeTerminal(
    shown,
    {
      style: plain,
      width: null,
      allRows: false,
      program: 'sic',
      named: shown.files.map(({ file }) => file),
      repeat: [],
      again: [],
      plan: null,
      path: file => file,
      ...options,
    },
    part => {
      text += part;
    },
  );
  return text;
}
