import { type ErrorCode, SicError } from '../problems/sic-error.ts';
import { writeFailedJson } from '../report/json.ts';
import { oneLine, wrap } from '../report/words.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import type { Context } from './context.ts';
import { exitCodeOfError, exitCodeOfSignal, exitCodes } from './exit-code.ts';
import { commandAfter, hintWithCommand } from './go-on.ts';
import type { Outcome } from './outcome.ts';
import { styleFor } from './ui.ts';

/** A failure in words for people, whatever it was. */
export interface Told {
  readonly code: ErrorCode | 'interrupted' | 'bug';
  readonly message: string;
  readonly hint: string | null;
  /** Further lines. */
  readonly detail: string | null;
}

export interface Failure {
  readonly error: unknown;
  /** The verb, when it is known. */
  readonly command: string | null;
  readonly json: boolean;
  readonly context: Context;
  readonly outcome: Outcome;
}

/** Tells why a command ended early: text on stderr, with `--json` also the document on stdout. Answers the exit code. */
export async function tellFailure(failure: Failure): Promise<number> {
  const { error, context, outcome, json, command } = failure;
  const told = inWords(error, command, context);
  const exitCode = exitCodeOf(told.code, command, context);
  await tellText(told, context, outcome.goOn);
  if (json && !outcome.answered) {
    const { code, message, detail } = told;
    const hint = hintWithCommand(told, outcome.goOn);
    const shown = { code, message, hint, ...(detail === null || code === 'bug' ? {} : { detail }) };
    const write = (text: string) => context.stdout.write(text);
    if (command === 'import' || command === 'validate' || command === 'resume')
      writeFailedJson(
        {
          kind: command === 'validate' ? 'sic.validate' : 'sic.import',
          profile: outcome.profile,
          exitCode,
          error: shown,
        },
        write,
      );
    else
      write(`${JSON.stringify({ kind: 'sic.error', formatVersion: 1, exitCode, error: shown }, null, 2)}\n`);
  }
  return exitCode;
}

/** What a command that failed is told to have ended with. */
export function endOf(
  error: unknown,
  command: string | null,
  context: Context,
): { readonly code: Told['code']; readonly exitCode: number } {
  const { code } = inWords(error, command, context);
  return { code, exitCode: exitCodeOf(code, command, context) };
}

/**
 * `sic: message`, the details below it, `→ hint`.
 * @param goOn the command that goes on with the run; null: there is none
 */
export async function tellText(told: Told, context: Context, goOn: string | null = null): Promise<void> {
  const style = await styleFor(context.stderr, context);
  const details =
    told.detail === null
      ? []
      : told.detail.split('\n').map(line => `  ${told.code === 'bug' ? line : oneLine(line)}`);
  const width = context.stderr.isTTY ? context.stderr.columns : Number.POSITIVE_INFINITY;
  const hint = told.hint === null || told.hint === '' ? [] : wrap(`→ ${oneLine(told.hint)}`, width, '  ');
  const [first = '', ...more] = wrap(`sic: ${oneLine(told.message)}`, width, '     ');
  const command = commandAfter(told.code, goOn);
  // To be copied: never broken over lines.
  const next = command === null ? [] : ['→ To go on:', `  ${command}`];
  const lines = [first.replace('sic:', style.bad('sic:')), ...more, ...details, ...hint, ...next];
  context.stderr.write(`${lines.join('\n')}\n`);
}

const signingIn: ReadonlySet<string> = new Set(['login', 'logout', 'whoami']);

function inWords(error: unknown, command: string | null, context: Context): Told {
  if (context.signal.aborted && isAbort(error, context.signal))
    return {
      code: 'interrupted',
      message: 'Interrupted.',
      hint: signingIn.has(command ?? '')
        ? 'Nothing was kept. Run the same command again when you like.'
        : command === 'export'
          ? 'The answer is not complete, and no file got its name. Run the same command again.'
          : 'What was accepted is not sent twice when the same command runs again.',
      detail: null,
    };
  if (error instanceof SicError) return error;
  if (error instanceof SuperOfficeError)
    return {
      code: error.status === 401 || error.status === 403 ? 'sign-in' : 'unreachable',
      message: error.message,
      hint: error.hint,
      detail: null,
    };
  return {
    code: 'bug',
    message: 'This is a bug in sic, not a mistake of yours.',
    hint: 'Please report it with the lines above and the command you ran; take out names and values you do not want to show.',
    detail: error instanceof Error ? (error.stack ?? String(error)) : String(error),
  };
}

/** A request that was given up because of the signal looks like one that nobody answered. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  if (error instanceof SuperOfficeError) return error.status === 0;
  if (error instanceof SicError) return error.code === 'unreachable';
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

function exitCodeOf(code: Told['code'], command: string | null, context: Context): number {
  if (code === 'interrupted') return exitCodeOfSignal(context.signal.reason);
  // An export meets files only when it writes them: a full disk, in the middle.
  if (command === 'export' && code === 'file') return exitCodes.gaveUp;
  // The fixed codes have none for a bug; to a script it means the same: the run gave up.
  return code === 'bug' ? exitCodes.gaveUp : exitCodeOfError(code);
}
