import type { RunList, RunState, RunSummary } from '../history/result.ts';
import type { Style } from './style.ts';
import { baseName, count, cut, duration, number, oneLine } from './words.ts';

export interface RunsOptions {
  readonly style: Style;
  /** Columns of the terminal; null: no terminal, nothing is cut. */
  readonly width: number | null;
}

/** A line per run, newest first. */
export function runsText({ profile, runs, more, removed }: RunList, { style, width }: RunsOptions): string {
  if (runs.length === 0)
    return `There are no runs yet with the profile ${oneLine(profile)}.\n${aged(removed)}`;
  const head = ['run', 'began (UTC)', 'what', 'rows', 'cost', 'state', 'open'];
  const rows = runs.map(run => [
    run.id,
    minute(run.startedAt),
    what(run),
    inShort(run),
    cost(run),
    run.state,
    run.open === null || run.open === 0 ? '' : number(run.open),
  ]);
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map(row => (row[column] ?? '').length)),
  );
  // What was imported gives way first: it is the longest, and the id finds it.
  const spare = widths.reduce((sum, each) => sum + each + 2, -2) - (width ?? Number.POSITIVE_INFINITY);
  if (spare > 0) widths[2] = Math.max(16, (widths[2] ?? 0) - spare);
  const line = (cells: readonly string[], state: (text: string) => string) =>
    cells
      .map((cell, column) => {
        const padded = cut(cell, widths[column] ?? 0).padEnd(widths[column] ?? 0);
        return column === 5 ? state(padded) : padded;
      })
      .join('  ')
      .trimEnd();
  const lines = [
    style.dim(line(head, text => text)),
    ...rows.map((row, index) => line(row, paint(runs[index]?.state ?? 'ok', style))),
  ];
  const older = more > 0 ? `${count(more, 'older run')}: --limit ${runs.length + more} shows all.\n` : '';
  return `${lines.join('\n')}\n${older}${aged(removed)}`;
}

function aged(removed: number): string {
  return removed === 0 ? '' : `${count(removed, 'older run was', 'older runs were')} removed.\n`;
}

/** `import companies.csv, persons.csv` */
function what({ kind, files }: RunSummary): string {
  const names = files.map(file => oneLine(baseName(file)));
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  return `${kind ?? '?'} ${shown.join(', ')}`.trimEnd();
}

const short = [
  ['created', 'created'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['current', 'right'],
  ['rejected', 'rejected'],
  ['conflict', 'in conflict'],
  ['failed', 'failed'],
  ['unknown', 'unknown'],
  ['notReached', 'not reached'],
] as const;

function inShort({ counts }: RunSummary): string {
  if (counts === null) return '';
  const told = short.flatMap(([status, label]) =>
    counts[status] > 0 ? [`${number(counts[status])} ${label}`] : [],
  );
  return told.length === 0 ? 'none' : told.join(', ');
}

function cost({ requests, durationMs }: RunSummary): string {
  const parts = [
    ...(requests === null ? [] : [count(requests.total, 'request')]),
    ...(durationMs === null ? [] : [duration(durationMs)]),
  ];
  return parts.join(', ');
}

export function paint(state: RunState, style: Style): (text: string) => string {
  if (state === 'ok') return style.good;
  return state === 'rows need a look' || state === 'running' ? style.warn : style.bad;
}

/** `2026-11-22 02:00` */
function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

export function runsJson({ profile, runs, more, removed }: RunList): string {
  return `${JSON.stringify({ kind: 'sic.runs', formatVersion: 1, profile, runs: runs.map(runDocument), more, removed }, null, 2)}\n`;
}

/** What the list and the single run tell alike. */
export function runDocument(run: RunSummary) {
  const { id, kind, state, startedAt, endedAt, durationMs, exitCode, files } = run;
  const { counts, requests, open, error } = run;
  return {
    run: id,
    command: kind,
    state,
    startedAt,
    endedAt,
    durationMs,
    exitCode,
    files,
    counts,
    requests,
    open,
    error,
  };
}
