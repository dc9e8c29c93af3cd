import { createInterface } from 'node:readline/promises';
import type { Context } from './context.ts';

/** True where a question can be asked: somebody sees it and can answer. */
export function canAsk({ stdin, stderr }: Context): boolean {
  return stderr.isTTY && 'isTTY' in stdin && stdin.isTTY === true;
}

/** Asks on standard error; anything but yes is no. Rejects with the signal's reason when it fires meanwhile. */
export async function confirm(question: string, context: Context): Promise<boolean> {
  return /^y(?:es)?$/i.test(await ask(`${question} [y/N] `, context));
}

/** For what cannot be taken back: asks for the number itself, which nobody types by habit. */
export async function confirmNumber(question: string, number: number, context: Context): Promise<boolean> {
  return (await ask(`${question} `, context)).replaceAll(',', '') === String(number);
}

async function ask(question: string, { stdin, stderr, signal }: Context): Promise<string> {
  stderr.write(question);
  const lines = createInterface({ input: stdin });
  try {
    const answer = await Promise.race([
      lines.question('', { signal }),
      // The terminal was closed: nobody said yes.
      new Promise<string>(resolve => lines.once('close', () => resolve(''))),
    ]);
    return answer.trim();
  } finally {
    lines.close();
  }
}
