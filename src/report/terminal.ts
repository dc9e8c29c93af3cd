import type { FileResult, RowResult, RunResult } from '../import/result.ts';
import { countsBlock, needLook, type Tense } from './counts-block.ts';
import { nextSteps } from './next-steps.ts';
import { planLines } from './plan-lines.ts';
import { problemLines, rowName } from './problem-lines.ts';
import { requestsInWords } from './requests.ts';
import type { Style } from './style.ts';
import { count, duration, number, oneLine, wrap } from './words.ts';

export interface TerminalOptions {
  readonly style: Style;
  /** Columns of the terminal; null: no terminal, nothing is cut. */
  readonly width: number | null;
  /** `--rows`: rows with nothing to do are listed too. */
  readonly allRows: boolean;
  /** How the reader starts this program: `sic`, `npx sic`. */
  readonly program: string;
  /** Data files and zips as the command line named them. */
  readonly named: readonly string[];
  /** Flags that the next command must repeat: `['--sandbox']`. */
  readonly repeat: readonly string[];
  /** Flags that decide which rows are taken: repeated when the same files are named again. */
  readonly again: readonly string[];
  /** The plan that a validation has written or an import has carried out, as typed; null: there is none. */
  readonly plan: string | null;
  /** A path as the reader would write it. */
  readonly path: (path: string) => string;
}

type Write = (text: string) => void;

/** Problems shown per file before the reader is sent to the reject file. */
const shownProblems = 5;

/** What a run came to, for the person who started it. Every row is read once, none is kept. */
export async function writeTerminal(
  result: RunResult,
  options: TerminalOptions,
  write: Write,
): Promise<void> {
  const line = (text = '') => write(`${text}\n`);
  const say = (text: string) => {
    for (const part of wrap(text, widthOf(options), text.startsWith('  ') ? '    ' : '')) line(part);
  };
  if (result.kind === 'sic.validate') await writePlan(result, options, line);
  const problems =
    result.kind === 'sic.import' ? await firstProblems(result) : new Map<string, RowResult[]>();
  for (const file of result.files) {
    writeFile(file, result, options, line);
    writeProblems(file, problems.get(file.file) ?? [], options, line);
    line();
  }
  for (const text of lists(result)) say(text);
  for (const text of warnings(result, options)) line(text);
  for (const text of verdict(result)) say(text);
  say(cost(result));
  if (result.limited) say(`Stopped after ${count(result.counts.read, 'row')}, as --limit asks.`);
  for (const { sentences, command } of nextSteps(result, options)) {
    line();
    for (const sentence of sentences) say(sentence);
    line(`  ${command}`);
  }
}

function widthOf(options: TerminalOptions): number {
  return options.width ?? Number.POSITIVE_INFINITY;
}

async function writePlan(result: RunResult, options: TerminalOptions, line: (text?: string) => void) {
  const width = widthOf(options);
  let file: string | null = null;
  for await (const row of result.rows()) {
    if (
      !options.allRows &&
      (isQuiet(row) || (result.offline && row.problems.length + row.warnings.length === 0))
    )
      continue;
    if (row.file !== file) {
      if (file !== null) line();
      line(options.style.bold(options.path(row.file)));
      file = row.file;
    }
    for (const text of planLines(row, width, options.style)) line(text);
  }
  if (file !== null) line();
}

function isQuiet(row: RowResult): boolean {
  const still = row.status === 'unchanged' || row.status === 'current' || row.status === 'notReached';
  return still && row.problems.length === 0 && row.warnings.length === 0;
}

/** The first problems of each file. Stops reading as soon as every file has as many as it can show. */
async function firstProblems(result: RunResult): Promise<Map<string, RowResult[]>> {
  const found = new Map<string, RowResult[]>();
  let wanted = result.files.reduce((sum, file) => sum + Math.min(shownProblems, needLook(file.counts)), 0);
  if (wanted === 0) return found;
  for await (const row of result.rows()) {
    if (row.problems.length === 0) continue;
    const rows = found.get(row.file) ?? [];
    found.set(row.file, rows);
    if (rows.length === shownProblems) continue;
    rows.push(row);
    if (--wanted === 0) break;
  }
  return found;
}

function tenseOf(result: RunResult): Tense {
  if (result.offline) return 'checked';
  return result.kind === 'sic.import' ? 'done' : 'planned';
}

function writeFile(
  file: FileResult,
  result: RunResult,
  options: TerminalOptions,
  line: (text?: string) => void,
) {
  line(`${options.style.bold(options.path(file.file))}  ${file.datatype}`);
  for (const text of countsBlock(file.counts, tenseOf(result), '  ')) line(text);
}

function writeProblems(
  file: FileResult,
  rows: readonly RowResult[],
  options: TerminalOptions,
  line: (text?: string) => void,
) {
  if (rows.length === 0) return;
  const all = needLook(file.counts);
  line();
  line(
    rows.length < all
      ? `  The first ${rows.length} of ${number(all)} rows that were not taken:`
      : '  Not taken:',
  );
  for (const row of rows) {
    line(`  ${options.style.bad(rowName(row))}`);
    for (const problem of row.problems)
      for (const text of problemLines(problem, '    ', widthOf(options), options.style)) line(text);
  }
}

function lists(result: RunResult): string[] {
  if (result.added.length === 0) return [];
  const byList = new Map<string, string[]>();
  for (const { list, name } of result.added) byList.set(list, [...(byList.get(list) ?? []), oneLine(name)]);
  const head =
    result.kind === 'sic.import'
      ? 'Added to lists in SuperOffice:'
      : 'Would be added to lists in SuperOffice:';
  return [head, ...[...byList].map(([list, names]) => `  ${list}: ${names.join(', ')}`), ''];
}

function warnings(result: RunResult, options: TerminalOptions): string[] {
  const { style } = options;
  if (result.warnings.length + result.fileWarnings.length === 0) return [];
  const width = widthOf(options);
  const lines = [style.warn('Worth a look:')];
  for (const text of result.fileWarnings) lines.push(...wrap(`  ${oneLine(text)}`, width, '    '));
  for (const { code, count: times, first } of result.warnings) {
    const warning = first.warnings.find(each => each.code === code) ?? first.warnings[0];
    if (warning === undefined) continue;
    const file = result.files.length > 1 ? `${options.path(first.file)}, ` : '';
    const row = `${file}${rowName(first)}`;
    lines.push(
      `  ${times === 1 ? row : `${number(times)} rows, the first is ${row}`}`,
      ...problemLines(warning, '    ', width, style),
    );
  }
  return [...lines, ''];
}

/** One plain sentence where the counters alone would leave a reader wondering. */
function verdict(result: RunResult): string[] {
  const { counts } = result;
  if (result.error !== null || counts.created + counts.updated > 0) return [];
  if (counts.read === 0) return ['There were no rows.'];
  if (result.offline) return [];
  if (needLook(counts) > 0) return result.kind === 'sic.import' ? ['Nothing was written.'] : [];
  const held = `SuperOffice already holds every row${result.limited ? ' that was read' : ''}.`;
  return [
    result.kind === 'sic.import' ? `Nothing changed, nothing written: ${held}` : `Nothing to do: ${held}`,
  ];
}

function cost(result: RunResult): string {
  const { counts, durationMs, requests } = result;
  // Below a second it is the start that is measured.
  const perSecond = Math.round((counts.read * 1000) / durationMs);
  const rate = durationMs >= 1000 && perSecond > 0 ? ` (${count(perSecond, 'row')} a second)` : '';
  const time = `${count(counts.read, 'row')} in ${duration(durationMs)}${rate}`;
  if (result.offline) return `${time}. SuperOffice was not asked.`;
  if (requests.total === 0) return `${time}, without a request to SuperOffice.`;
  return `${time}, ${requestsInWords(requests, result.bulkRows)}.`;
}
