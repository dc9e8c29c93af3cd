import { type Command, CommanderError } from 'commander';
import { concealing } from './concealment.ts';
import type { Outside } from './context.ts';
import { newOutcome } from './outcome.ts';
import { createProgram } from './program.ts';

export { flagAtOnce } from './heap.ts';
export { runProcess } from './process.ts';

/**
 * Runs one command line (without node and script) and answers its exit code (design.md, section 4).
 * Never throws and never ends the process: whatever goes wrong is told on stderr.
 */
export async function main(argv: readonly string[], outside: Outside): Promise<number> {
  const context = concealing(outside);
  const outcome = newOutcome();
  const program = createProgram(context, outcome, argv);
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const verb = verbOf(argv, program);
    const { tellFailure } = await import('./errors.ts');
    return tellFailure({
      error: error instanceof CommanderError ? await asUsageError(error, argv, program, verb) : error,
      command: verb?.name() ?? null,
      json: flagsOf(argv).includes('--json'),
      context,
      outcome,
    });
  }
}

async function asUsageError(
  error: CommanderError,
  argv: readonly string[],
  program: Command,
  verb: Command | null,
) {
  const { usageError } = await import('./usage.ts');
  return usageError(error, argv, program, verb);
}

function flagsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

/** The first words that are a command, and one of its own. Good enough for a command line that could not be read properly. */
function verbOf(argv: readonly string[], program: Command): Command | null {
  let verb: Command | null = null;
  for (const word of flagsOf(argv)) {
    const within: Command = verb ?? program;
    verb = within.commands.find(each => each.name() === word) ?? verb;
  }
  return verb;
}
