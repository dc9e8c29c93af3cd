import type { RunList, RunState, RunSummary } from '../history/result.ts';
import { type UndoCounts, type UndoStatus, undoStatuses } from '../import/undo/result.ts';
import type { Style } from './style.ts';
import { baseName, count, cut, duration, number, oneLine } from './words.ts';

export interface RunsOptions {
  readonly style: Style;
  /** Columns of the terminal; null: no terminal, nothing is cut. */
  readonly width: number | null;
  /** A command to copy, for what is shown. */
  readonly command: (...words: string[]) => string;
}

/** A line per run, newest first. */
export function runsText(
  { profile, runs, more, removed }: RunList,
  { style, width, command }: RunsOptions,
): string {
  if (runs.length === 0)
    return `There are no runs yet with the profile ${oneLine(profile)}.\n${aged(removed)}`;
  const columns = fitted(
    [
      { head: 'run', cells: runs.map(({ id }) => id) },
      { head: 'began (UTC)', cells: runs.map(({ startedAt }) => minute(startedAt)) },
      { head: 'what', cells: runs.map(what) },
      { head: 'rows', cells: runs.map(inShort) },
      { head: 'cost', cells: runs.map(cost) },
      { head: 'state', cells: runs.map(({ state }) => state), paint: state => paint(state, style) },
      { head: 'open', cells: runs.map(({ open }) => (open === null || open === 0 ? '' : number(open))) },
    ],
    width ?? Number.POSITIVE_INFINITY,
  );
  const line = (index: number | null): string =>
    columns
      .map(({ head, cells, room, paint: painted }) => {
        const cell = index === null ? head : (cells[index] ?? '');
        const text = cut(cell, room).padEnd(room);
        const state = index === null ? undefined : runs[index]?.state;
        return painted && state ? painted(state)(text) : text;
      })
      .join('  ')
      .trimEnd();
  const lines = [style.dim(line(null)), ...runs.map((_run, index) => line(index))];
  const older = more > 0 ? `${count(more, 'older run')}: --limit ${runs.length + more} shows all.\n` : '';
  const next = runs.find(({ resumable }) => resumable);
  const goOn = next === undefined ? '' : `${command('resume')} goes on with ${next.id}.\n`;
  return `${lines.join('\n')}\n${older}${aged(removed)}${goOn}`;
}

interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly paint?: (state: RunState) => (text: string) => string;
}

type Fitted = Column & { readonly room: number };

/** What gives way on a narrow terminal, and down to how many characters; 0: it goes. The id tells the time as well. */
const givesWay: readonly (readonly [string, number])[] = [
  ['what', 24],
  ['began (UTC)', 0],
  ['rows', 24],
  ['cost', 0],
  ['what', 14],
  ['rows', 12],
];

function fitted(columns: readonly Column[], width: number): Fitted[] {
  let all = columns.map(column => ({
    ...column,
    room: Math.max(column.head.length, ...column.cells.map(cell => cell.length)),
  }));
  for (const [head, least] of givesWay) {
    const spare = all.reduce((sum, { room }) => sum + room + 2, -2) - width;
    if (spare <= 0) break;
    all = all
      .filter(column => column.head !== head || least > 0)
      .map(column =>
        column.head === head
          ? { ...column, room: Math.min(column.room, Math.max(least, column.room - spare)) }
          : column,
      );
  }
  return all;
}

function aged(removed: number): string {
  return removed === 0 ? '' : `${count(removed, 'older run was', 'older runs were')} removed.\n`;
}

/** `import companies.csv, persons.csv` */
function what({ kind, files, undo }: RunSummary): string {
  if (undo) return `undo ${undo.run}${undo.dryRun ? ', as a dry run' : ''}`;
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

function inShort({ counts, undo }: RunSummary): string {
  if (undo?.counts) return undoInShort(undo.counts);
  if (counts === null) return '';
  const told = short.flatMap(([status, label]) =>
    counts[status] > 0 ? [`${number(counts[status])} ${label}`] : [],
  );
  return told.length === 0 ? 'none' : told.join(', ');
}

const undoShort: Readonly<Record<UndoStatus, string>> = {
  restored: 'taken back',
  deleted: 'deleted',
  asBefore: 'right',
  partly: 'in part',
  left: 'left',
  kept: 'kept',
  gone: 'gone',
  failed: 'failed',
  unknown: 'unknown',
  notReached: 'not reached',
};

/** `3 taken back, 1 left` */
export function undoInShort(counts: UndoCounts): string {
  const told = undoStatuses.flatMap(status =>
    counts[status] > 0 ? [`${number(counts[status])} ${undoShort[status]}`] : [],
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
  const { counts, undo, requests, open, error, resumable, undoable, undoneBy } = run;
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
    undo,
    requests,
    open,
    error,
    resumable,
    undoable,
    undoneBy,
  };
}
