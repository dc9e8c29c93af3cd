import { plain, type Style } from '../report/style.ts';
import { oneLine } from '../report/words.ts';
import type { Context, Output } from './context.ts';

/** True where a line may be drawn over: stderr is a terminal that understands it, and nobody asked for quiet. */
export function mayAnimate(context: Context): boolean {
  return context.stderr.isTTY && isCapable(context);
}

/** Colours for `output`. None unless it and stderr are terminals, and none with NO_COLOR, TERM=dumb or CI. */
export async function styleFor(output: Output, context: Context): Promise<Style> {
  const colour = output.isTTY && context.stderr.isTTY && isCapable(context) && !isSet(context.env.NO_COLOR);
  if (!colour) return plain;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return { bold: chalk.bold, dim: chalk.dim, good: chalk.green, warn: chalk.yellow, bad: chalk.red };
}

function isCapable({ env }: Context): boolean {
  return env.TERM !== 'dumb' && !(isSet(env.CI) && env.CI !== 'false');
}

/** NO_COLOR counts when it is there and not empty (no-color.org). */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** Notes of commands without progress: a line each on stderr. */
export function noteTo({ stderr }: Context): (text: string) => void {
  return text => stderr.write(`${oneLine(text)}\n`);
}
