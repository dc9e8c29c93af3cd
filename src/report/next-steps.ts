import { dirname } from 'node:path';
import type { FileResult, RunResult } from '../import/result.ts';
import { shellWord } from '../problems/shell-word.ts';
import { needLook } from './counts-block.ts';
import type { TerminalOptions } from './terminal.ts';
import { count } from './words.ts';

export interface NextStep {
  readonly sentences: readonly string[];
  /** To be copied: never broken over lines. */
  readonly command: string;
}

/** What the reader is likely to do next, with the command to copy. */
export function nextSteps(result: RunResult, options: TerminalOptions): NextStep[] {
  const command = (verb: string, files: readonly string[], flags: readonly string[] = []) =>
    `${options.program} ${[verb, ...files.map(options.path), ...flags, ...options.repeat].map(shellWord).join(' ')}`;
  const rejected = result.files.filter(file => file.rejects !== null);
  const rejects = rejected.flatMap(file => file.rejects ?? []);
  const verb = result.kind === 'sic.import' ? 'import' : 'validate';
  const steps: NextStep[] = [];
  if (rejects.length > 0) {
    const one = needLook(result.counts) === 1;
    const where = rejects.map(options.path).join(', ');
    steps.push({
      sentences: one
        ? [`The row that was not taken is in ${where}, with the reasons.`, 'Correct it there, then run:']
        : [
            `The rows that were not taken are in ${where}, with the reasons.`,
            'Correct them there, then run:',
          ],
      command: command(verb, [...rejects, ...zipsOfFiles(result, options)], flagsForFiles(rejected, options)),
    });
  }
  const { counts } = result;
  const { plan } = options;
  if (counts.conflict > 0 && plan !== null && result.error === null && result.kind === 'sic.import')
    steps.push({
      sentences: [
        `Users changed ${count(counts.conflict, 'record')} in SuperOffice, so they were left alone. To plan what is left:`,
      ],
      command: command('validate', options.named, [...options.again, '--out', plan]),
    });
  else if (counts.conflict > 0 && result.error === null && result.kind === 'sic.import')
    steps.push({
      sentences: [
        `Users changed ${count(counts.conflict, 'record')} in SuperOffice meanwhile. To let the file win, or with crm in place of file the users, run:`,
      ],
      command: command(verb, options.named, [...withoutPolicy(options.again), '--on-conflict', 'file']),
    });
  const worthIt = counts.created + counts.updated + (result.offline ? counts.notReached : 0) > 0;
  if (result.error === null && result.kind === 'sic.validate' && worthIt)
    steps.push({
      sentences: [result.offline ? 'To import:' : 'Nothing was written. To write it:'],
      command:
        plan === null
          ? command('import', options.named, options.again)
          : `${options.program} ${['import', '--plan', plan, ...options.repeat.filter(isNotSettled)].map(shellWord).join(' ')}`,
    });
  return steps;
}

/** A plan names its files, and what their rows need. */
function isNotSettled(word: string, index: number, words: readonly string[]): boolean {
  const settled = ['--files', '--datatype'];
  return !settled.includes(word) && !settled.includes(words[index - 1] ?? '');
}

function withoutPolicy(flags: readonly string[]): string[] {
  return flags.filter((flag, index) => flag !== '--on-conflict' && flags[index - 1] !== '--on-conflict');
}

/** What was named and held no data: zips of documents and attachments, which rejected rows need as well. */
function zipsOfFiles({ files }: RunResult, { named }: TerminalOptions): string[] {
  return named.filter(name => files.every(({ file }) => file !== name && !file.startsWith(`${name}/`)));
}

/** A reject file lies elsewhere than the data file, beside which the files of its rows are. */
function flagsForFiles(rejected: readonly FileResult[], { named, path, repeat }: TerminalOptions): string[] {
  const beside = rejected.filter(
    ({ file, datatype }) => (datatype === 'Document' || datatype === 'Message') && named.includes(file),
  );
  const folders = new Set(beside.map(({ file }) => dirname(file)));
  const [folder, ...more] = folders;
  // Where there are several, nobody but the reader can say which one.
  return folder === undefined || more.length > 0 || repeat.includes('--files')
    ? []
    : ['--files', path(folder)];
}
