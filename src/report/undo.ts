import {
  type UndoCounts,
  type UndoResult,
  type UndoRow,
  type UndoStatus,
  undoStatuses,
} from '../import/undo/result.ts';
import { shellWord } from '../problems/shell-word.ts';
import { writeWithRows } from './json-rows.ts';
import { changeLine } from './plan-lines.ts';
import { problemLines } from './problem-lines.ts';
import type { Style } from './style.ts';
import { count, duration, number, oneLine, wrap } from './words.ts';

type Write = (text: string) => void;

export interface UndoTextOptions {
  readonly style: Style;
  /** Columns; infinite off a terminal. */
  readonly width: number;
  /** How the reader starts this program: `sic`, `npx sic`. */
  readonly program: string;
  /** Flags that the next command must repeat: `['--sandbox']`. */
  readonly repeat: readonly string[];
  readonly deletesCreated: boolean;
  /** The reader is asked next, and needs no command to copy. */
  readonly asks: boolean;
}

/** What an undo came to, or would come to, for the person who started it. Rows are read once, none is kept. */
export async function writeUndo(result: UndoResult, options: UndoTextOptions, write: Write): Promise<void> {
  const line = (text = '') => write(`${text}\n`);
  const say = (text: string) => {
    for (const part of wrap(text, options.width, text.startsWith('  ') ? '    ' : '')) line(part);
  };
  let any = false;
  for await (const row of result.rows()) {
    for (const text of rowLines(row, result.dryRun, options)) line(text);
    any = true;
  }
  if (any) line();
  line(options.style.bold(`Undo of run ${result.undoes}${result.dryRun ? ', as a dry run' : ''}`));
  for (const text of countLines(result.counts, result.dryRun)) line(text);
  line();
  if (result.listValues.length > 0) {
    const values = result.listValues.map(({ list, name }) => `${list}: ${oneLine(name)}`);
    say(`Values that were added to lists stay there: ${values.join(', ')}.`);
  }
  for (const text of verdict(result)) say(text);
  say(`${count(result.requests.total, 'request')} in ${duration(result.durationMs)}.`);
  for (const [sentence, more] of nextSteps(result, options)) {
    line();
    say(sentence);
    const words = ['undo', result.undoes, ...more, ...options.repeat];
    line(`  ${options.program} ${words.map(shellWord).join(' ')}`);
  }
}

/** One JSON document, rows as they come. */
export async function writeUndoJson(result: UndoResult, exitCode: number, write: Write): Promise<void> {
  const { kind, dryRun, run, undoes, profile, tenant, durationMs, counts, requests, listValues } = result;
  const head = {
    kind,
    formatVersion: 1,
    dryRun,
    run,
    undoes,
    profile,
    tenant,
    exitCode,
    durationMs,
    counts,
    requests,
    listValues,
  };
  await writeWithRows(head, result.rows(), write, result.error);
}

const marks: Readonly<Record<UndoStatus, string>> = {
  restored: '~',
  deleted: '-',
  asBefore: '=',
  partly: '~',
  left: '!',
  kept: '=',
  gone: '?',
  failed: '!',
  unknown: '?',
  notReached: ' ',
};

const done: Readonly<Record<UndoStatus, string>> = {
  restored: 'as before the run again',
  deleted: 'deleted, which the run had created',
  asBefore: 'were as before the run already',
  partly: 'as before the run in part',
  left: 'left as they are',
  kept: 'created by the run, and kept',
  gone: 'not in SuperOffice any more',
  failed: 'refused by SuperOffice',
  unknown: 'sent, but no answer came',
  notReached: 'not reached',
};

const planned: Readonly<Record<UndoStatus, string>> = {
  ...done,
  restored: 'would be as before the run again',
  deleted: 'would be deleted, which the run had created',
  asBefore: 'are as before the run already',
  partly: 'would be as before the run in part',
  left: 'would be left as they are',
  kept: 'created by the run, and would be kept',
};

function countLines(counts: UndoCounts, dryRun: boolean): string[] {
  const labels = dryRun ? planned : done;
  const lines: [string, string][] = [
    [number(counts.records), counts.records === 1 ? 'record was written' : 'records were written'],
  ];
  for (const status of undoStatuses)
    if (counts[status] > 0) lines.push([number(counts[status]), labels[status]]);
  const widest = Math.max(...lines.map(([digits]) => digits.length));
  return lines.map(([digits, label]) => `  ${digits.padStart(widest)}  ${label}`);
}

function rowLines(row: UndoRow, dryRun: boolean, { style, width }: UndoTextOptions): string[] {
  const { datatype, key, id, status, changes, problems } = row;
  const head = `${marks[status]} ${datatype}  ${oneLine(key)}${id === null ? '' : `  (id ${id})`}`;
  const isGood = status === 'restored' || status === 'deleted';
  const lines = [(isGood ? style.good : problems.length > 0 ? style.bad : style.dim)(head)];
  if (dryRun) lines.push(...changes.map(change => changeLine(change, width)));
  for (const problem of problems) lines.push(...problemLines(problem, '    ', width, style));
  return lines;
}

function verdict({ counts, dryRun, undoes, run }: UndoResult): string[] {
  if (counts.records === 0) return [`Run ${undoes} wrote nothing, so there is nothing to take back.`];
  const taken = counts.restored + counts.partly + counts.deleted;
  if (taken === 0)
    return [
      counts.asBefore + counts.gone < counts.records
        ? `Nothing ${dryRun ? 'would be' : 'was'} taken back.`
        : `There ${dryRun ? 'is' : 'was'} nothing to take back.`,
    ];
  if (dryRun) return ['Nothing was written.'];
  return [
    'The rows of these records are looked at again by the next import: with the same file it writes them again.',
    ...(counts.restored + counts.partly > 0 ? [`This undo is run ${run}, and can be undone itself.`] : []),
  ];
}

function nextSteps(
  { dryRun, counts, error }: UndoResult,
  { deletesCreated, asks }: UndoTextOptions,
): [sentence: string, more: readonly string[]][] {
  const steps: [string, readonly string[]][] = [];
  if (counts.kept > 0 && !deletesCreated)
    steps.push(['To see what deleting the created records would do:', ['--delete-created', '--dry-run']]);
  const { restored, partly, deleted } = counts;
  if (dryRun && !asks && restored + partly + deleted > 0 && error === null)
    steps.push(['To do it:', [...(deletesCreated ? ['--delete-created'] : []), '--yes']]);
  return steps;
}
