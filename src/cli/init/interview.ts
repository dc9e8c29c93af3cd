import { createInterface } from 'node:readline/promises';
import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';

export interface TextQuestion {
  readonly text: string;
  /** What an empty answer means; null: an answer is needed. */
  readonly fallback: string | null;
  /** What is wrong with an answer, as a sentence; null: nothing. */
  readonly fault: (answer: string) => string | null;
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
}

/** Questions on standard error, answered line by line on standard input. Asks again until an answer is good. */
export interface Interview {
  ask(question: TextQuestion): Promise<string>;
  /** By number or by value; an empty answer means the first. */
  choose<Value extends string>(text: string, choices: readonly Choice<Value>[]): Promise<Value>;
  close(): void;
}

/**
 * One reader for all questions: lines that are typed ahead wait for theirs. Every question may throw SicError 'usage'
 * when the input ends before the answer, and rejects with the signal's reason when it fires.
 */
export function openInterview({ stdin, stderr, signal }: Context): Interview {
  const lines = createInterface({ input: stdin });
  const answers = lines[Symbol.asyncIterator]();
  const interrupted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // Nobody may be waiting for an answer when the signal comes.
  interrupted.catch(() => {});

  async function answer(prompt: string): Promise<string> {
    stderr.write(prompt);
    const next = await Promise.race([answers.next(), interrupted]);
    if (next.done !== true) return next.value.trim();
    stderr.write('\n');
    throw new SicError('usage', 'The answers ended before the questions. Nothing was written.', {
      hint: 'Answer them all, or say everything with flags: sic init --help',
    });
  }

  return {
    async ask({ text, fallback, fault }) {
      for (;;) {
        const given = await answer(`${text}${fallback ? ` [${fallback}]` : ''}: `);
        if (given === '' && fallback !== null) return fallback;
        const wrong = fault(given);
        if (wrong === null) return given;
        stderr.write(`  ${wrong}\n`);
      }
    },
    async choose(text, choices) {
      const list = choices.map(({ title }, index) => `  ${index + 1}  ${title}\n`).join('');
      stderr.write(`${text}\n${list}`);
      for (;;) {
        const given = (await answer('Number [1]: ')) || '1';
        const chosen = choices.find(({ value }, index) => given === String(index + 1) || given === value);
        if (chosen !== undefined) return chosen.value;
        stderr.write(`  Answer with a number from 1 to ${choices.length}.\n`);
      }
    },
    close: () => lines.close(),
  };
}
