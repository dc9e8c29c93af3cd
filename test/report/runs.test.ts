import { expect, test } from 'vitest';
import type { RunList, RunSummary } from '../../src/history/result.ts';
import { runsText } from '../../src/report/runs.ts';
import { plain } from '../../src/report/style.ts';
import { counts } from './results.ts';

function summary(some: Partial<RunSummary> = {}): RunSummary {
  return {
    id: '20261122-020001-x7k2',
    kind: 'import',
    state: 'rows need a look',
    startedAt: '2026-11-22T02:00:01.000Z',
    endedAt: '2026-11-22T02:10:01.000Z',
    durationMs: 600_000,
    exitCode: 1,
    files: ['in/companies-of-the-night.csv', 'in/persons.csv'],
    counts: counts({ read: 12_000, created: 10, updated: 20, unchanged: 11_965, rejected: 5 }),
    requests: { total: 1234, read: 1204, write: 30, retried: 0 },
    open: 5,
    error: null,
    undo: null,
    resumable: false,
    undoable: false,
    undoneBy: null,
    ...some,
  };
}

function list(...runs: RunSummary[]): RunList {
  return { profile: 'prod', runs, more: 0, removed: 0 };
}

test('off a terminal nothing is cut', () => {
  const killed = summary({
    state: 'killed',
    counts: null,
    requests: null,
    durationMs: null,
    open: null,
    files: ['-'],
  });
  const [head, first, second, ...rest] = runsText(list(summary(), killed), {
    style: plain,
    command: (...words) => `sic ${words.join(' ')}`,
    width: null,
  }).split('\n');
  expect(head).toMatch(/^run +began \(UTC\) +what +rows +cost +state +open$/);
  expect(first).toBe(
    '20261122-020001-x7k2  2026-11-22 02:00  import companies-of-the-night.csv, persons.csv  10 created, 20 updated, 11,965 unchanged, 5 rejected  1,234 requests, 10 min  rows need a look  5',
  );
  expect(second).toMatch(/^20261122-020001-x7k2 {2}2026-11-22 02:00 {2}import - +killed$/);
  expect(rest).toEqual(['']);
});

test.each([60, 80, 100, 120, 160])('one line a run on a terminal of %d columns', width => {
  const text = runsText(list(summary(), summary({ files: ['a.csv', 'b.csv', 'c.csv', 'd.csv'] })), {
    style: plain,
    command: (...words) => `sic ${words.join(' ')}`,
    width,
  });
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  // Id, state and what is open are never cut.
  for (const line of lines.slice(1)) expect(line).toMatch(/^20261122-020001-x7k2 .*rows need a look {2}5$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(Math.max(width, 80));
});
