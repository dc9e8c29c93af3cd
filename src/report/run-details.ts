import type { RowOfRun, RunDetails, Since } from '../history/result.ts';
import type { RowResult } from '../import/result.ts';
import { shellWord } from '../problems/shell-word.ts';
import { countsBlock, needLook } from './counts-block.ts';
import { each, writeWithRows } from './json-rows.ts';
import { problemLines, rowName } from './problem-lines.ts';
import { requestsInWords } from './requests.ts';
import { paint, runDocument, undoInShort } from './runs.ts';
import type { Style } from './style.ts';
import { count, duration, number, oneLine, wrap } from './words.ts';

export interface RunDetailsOptions {
  readonly style: Style;
  /** Columns of the terminal; null: no terminal. */
  readonly width: number | null;
  /** A path as the reader would write it. */
  readonly path: (path: string) => string;
  /** A command to copy, for what is shown. */
  readonly command: (...words: string[]) => string;
}

type Write = (text: string) => void;

/** Rows that are listed before the reader is sent to --json. */
const shownRows = 50;

/** All that is known of a run, for a person. Its rows are read once, none is kept. */
export async function writeRunDetails(
  run: RunDetails,
  { style, width: columns, path, command }: RunDetailsOptions,
  write: Write,
): Promise<void> {
  const width = columns ?? Number.POSITIVE_INFINITY;
  const line = (text = '') => write(`${text}\n`);
  const say = (text: string, indent = '') => {
    for (const part of wrap(text, width, indent)) line(part);
  };
  line(`${style.bold(run.id)}  ${paint(run.state, style)(run.state)}`);
  for (const [label, fact] of facts(run, path, command))
    if (fact !== '') line(`  ${label.padEnd(9)}${oneLine(fact)}`);
  writeFiles(run, path, line, style);
  if (run.error !== null) {
    line();
    say(`${style.bad('Ended early:')} ${run.error.message || run.error.code}`, '  ');
    if (run.error.hint) say(`  → ${run.error.hint}`, '    ');
  }
  writeAdded(run, line, say);
  writeWarnings(run, width, line, say, style);
  await writeRows(run, width, line, say, style);
  const rejects = run.results.flatMap(({ rejects: each }) => each ?? []);
  if (rejects.length > 0) {
    line();
    line(`The rows that were not taken are in ${rejects.map(path).join(', ')}.`);
  }
}

function facts(
  run: RunDetails,
  path: RunDetailsOptions['path'],
  command: RunDetailsOptions['command'],
): [string, string][] {
  const { user, counts, requests, durationMs } = run;
  const signedIn = user?.superoffice;
  const name =
    signedIn && signedIn.name !== '' && signedIn.name !== signedIn.login ? ` (${signedIn.name})` : '';
  const people = [user?.os ?? '', signedIn ? `in SuperOffice ${signedIn.login}${name}` : ''];
  const machine = [
    run.host === null ? '' : `on ${run.host}`,
    run.pid === null ? '' : `process ${run.pid}`,
    run.version === null ? '' : `sic ${run.version}`,
  ];
  const sent = requests ? requestsInWords(requests) : '';
  return [
    ['command', commandOf(run)],
    ['began', `${second(run.startedAt)} UTC`],
    ['ended', run.endedAt === null ? '' : `${second(run.endedAt)} UTC${exitOf(run)}`],
    ['who', people.filter(part => part !== '').join(', ')],
    ['machine', machine.filter(part => part !== '').join(', ')],
    ['in', run.cwd ?? ''],
    ['config', run.config === null ? '' : path(run.config)],
    ['where', [run.tenant, `profile ${run.profile}`].filter(part => part !== '').join(', ')],
    ['cost', [sent, durationMs === null ? '' : duration(durationMs)].filter(part => part !== '').join(', ')],
    ['records', run.undo?.counts ? undoInShort(run.undo.counts) : ''],
    ['open', run.open === null || !counts || needLook(counts) === 0 ? '' : openInWords(run)],
    ['next', run.resumable ? `${command('resume', run.id)} goes on with it` : ''],
    [
      'undo',
      run.undoneBy !== null
        ? `taken back by ${run.undoneBy}`
        : run.undoable
          ? `${command('undo', run.id)} takes it back`
          : '',
    ],
  ];
}

function exitOf({ exitCode }: RunDetails): string {
  return exitCode === null ? '' : `, exit code ${exitCode}`;
}

function openInWords({ open, openWithoutKey }: RunDetails): string {
  if (!open) return 'none: every row it refused was taken, or refused again, by a later run';
  const keyless =
    openWithoutKey === 0
      ? ''
      : `; ${number(openWithoutKey)} of them without a key, which count until their file is imported again`;
  return `${count(open, 'row')} that no later run has taken${keyless}`;
}

/** As it was typed, flags behind the files. */
function commandOf({ kind, files, flags, undo }: RunDetails): string {
  if (kind === null) return '';
  const named = undo ? [undo.run] : files;
  const given = Object.entries(flags).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, String(value)],
  );
  return `sic ${[kind, ...named, ...given].map(shellWord).join(' ')}`;
}

function writeFiles(
  run: RunDetails,
  path: RunDetailsOptions['path'],
  line: (text?: string) => void,
  style: Style,
): void {
  for (const { named, size, modified, path: place } of run.inputs) {
    const about = [
      ...(place === null || path(place) === named ? [] : [path(place)]),
      ...(size === null ? [] : [count(size, 'byte')]),
      ...(modified === null ? [] : [`changed ${second(modified)} UTC`]),
    ];
    line(`  ${'file'.padEnd(9)}${oneLine([named, ...about].join(', '))}`);
  }
  for (const { file, datatype, counts } of run.results) {
    line();
    line(`${style.bold(oneLine(file))}  ${datatype}`);
    for (const text of countsBlock(counts, run.kind === 'validate' ? 'planned' : 'done', '  ')) line(text);
  }
}

function writeAdded(
  { added, kind }: RunDetails,
  line: (text?: string) => void,
  say: (text: string, indent?: string) => void,
): void {
  if (added.length === 0) return;
  const byList = new Map<string, string[]>();
  for (const { list, name } of added) byList.set(list, [...(byList.get(list) ?? []), oneLine(name)]);
  line();
  line(kind === 'validate' ? 'Would be added to lists in SuperOffice:' : 'Added to lists in SuperOffice:');
  for (const [list, names] of byList) {
    const named = names.filter(name => name !== '');
    say(`  ${list}: ${named.length === 0 ? count(names.length, 'value') : named.join(', ')}`, '    ');
  }
}

function writeWarnings(
  { warnings, fileWarnings }: RunDetails,
  width: number,
  line: (text?: string) => void,
  say: (text: string, indent?: string) => void,
  style: Style,
): void {
  if (warnings.length + fileWarnings.length === 0) return;
  line();
  line(style.warn('Worth a look:'));
  for (const text of fileWarnings) say(`  ${oneLine(text)}`, '    ');
  for (const { code, count: times, first } of warnings) {
    const warning = first.warnings.find(each => each.code === code);
    const row = `${oneLine(first.file)}, ${rowName(first)}`;
    line(`  ${times === 1 ? row : `${number(times)} rows, the first is ${row}`}`);
    for (const text of warning ? problemLines(told(warning), '    ', width, style) : [`    ${code}`])
      line(text);
  }
}

async function writeRows(
  run: RunDetails,
  width: number,
  line: (text?: string) => void,
  say: (text: string, indent?: string) => void,
  style: Style,
): Promise<void> {
  let shown = 0;
  let file = '';
  for await (const row of run.rows()) {
    if (shown === shownRows) {
      line();
      say(`These are the first ${shownRows} rows that need a look; --json lists all of them.`);
      return;
    }
    if (shown++ === 0) {
      line();
      line('Rows that need a look:');
    }
    if (row.file !== file && run.results.length !== 1) line(`  ${style.bold(oneLine(row.file))}`);
    file = row.file;
    line(`  ${style.bad(rowName(row))}${sinceInWords(row.since)}`);
    for (const problem of row.problems)
      for (const text of problemLines(told(problem), '    ', width, style)) line(text);
  }
}

/** Where no message is kept, or may be shown, its code has to do. */
function told(problem: RowResult['problems'][number]): RowResult['problems'][number] {
  return problem.message === '' ? { ...problem, message: problem.code } : problem;
}

function sinceInWords(since: Since | null): string {
  if (since?.kind === 'refused again') return `  (refused again by ${since.run})`;
  return since?.kind === 'passed' ? '  (taken since)' : '';
}

/** `2026-11-22 02:00:05` */
function second(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** The same as one document, written row by row. */
export async function writeRunJson(run: RunDetails, write: Write): Promise<void> {
  const { profile, tenant, version, flags, cwd, config, user, host, pid, folder, inputs, results } = run;
  const head = {
    kind: 'sic.run',
    formatVersion: 1,
    ...runDocument(run),
    profile,
    tenant,
    version,
    flags,
    cwd,
    config,
    user,
    host,
    pid,
    folder,
    inputs,
    results,
    limited: run.limited,
    added: run.added,
    warnings: run.warnings,
    fileWarnings: run.fileWarnings,
    openWithoutKey: run.openWithoutKey,
  };
  await writeWithRows(head, each(run.rows(), rowDocument), write);
}

function rowDocument({ file, place, key, status, problems, changes, warnings, since }: RowOfRun) {
  return { file, place, key, status, problems, changes, warnings, since };
}
