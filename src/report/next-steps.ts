import type { RunResult } from '../import/result.ts';
import { needLook } from './counts-block.ts';
import type { TerminalOptions } from './terminal.ts';
import { shellWord } from './words.ts';

export interface NextStep {
  readonly sentences: readonly string[];
  /** To be copied: never broken over lines. */
  readonly command: string;
}

/** What the reader is likely to do next, with the command to copy. */
export function nextSteps(result: RunResult, options: TerminalOptions): NextStep[] {
  const command = (verb: string, files: readonly string[], flags: readonly string[] = []) =>
    `${options.program} ${[verb, ...files.map(options.path), ...flags, ...options.repeat].map(shellWord).join(' ')}`;
  const rejects = result.files.flatMap(file => (file.rejects === null ? [] : [file.rejects]));
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
      command: command(verb, rejects),
    });
  }
  const { counts } = result;
  const worthIt = counts.created + counts.updated + (result.offline ? counts.notReached : 0) > 0;
  if (result.error === null && result.kind === 'sic.validate' && worthIt)
    steps.push({
      sentences: [result.offline ? 'To import:' : 'Nothing was written. To write it:'],
      command: command(
        'import',
        result.files.map(file => file.file),
        options.again,
      ),
    });
  return steps;
}
