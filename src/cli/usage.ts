import type { Command, CommanderError } from 'commander';
import { didYouMean } from '../problems/did-you-mean.ts';
import { orList } from '../problems/or-list.ts';
import { SicError } from '../problems/sic-error.ts';

/** What commander found wrong with a command line, in our words. `verb`: the command that was meant, when there is one. */
export function usageError(
  error: CommanderError,
  argv: readonly string[],
  program: Command,
  verb: Command | null,
): SicError {
  const command = verb === null ? 'sic' : fullName(verb);
  const subject = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const help = `${command} --help tells more.`;
  const unknownHelpTopic = argv[0] === 'help' ? (argv[1] ?? null) : null;
  switch (error.code) {
    case 'commander.unknownOption':
      if (verb?.options.some(({ long, short }) => long === subject || short === subject))
        return new SicError('usage', `${subject} stands in front of ${verb.name()}, which it belongs to.`, {
          hint: `Write it behind: sic ${verb.name()} ${subject} …`,
        });
      return new SicError('usage', `${command} has no flag ${subject}.`, {
        hint: suggestion(subject, flagsOf(program, verb), help),
      });
    case 'commander.unknownCommand':
      return unknownCommand(subject, program);
    case 'commander.help':
      if (unknownHelpTopic !== null) return unknownCommand(unknownHelpTopic, program);
      return new SicError('usage', 'No command was given.', {
        hint: `Known are: ${commandNames(program).join(', ')}. ${help}`,
      });
    case 'commander.missingArgument':
      return new SicError('usage', `${command} needs ${/^[aeiou]/.test(subject) ? 'an' : 'a'} ${subject}.`, {
        hint: `For example: ${command} ${examples[subject] ?? 'Company'}`,
      });
    case 'commander.optionMissingArgument':
      return new SicError('usage', `${subject.split(' ')[0]} needs a value.`, {
        hint: `Write it behind the flag: ${subject}`,
      });
    case 'commander.invalidArgument':
      return badChoice(error.message) ?? new SicError('usage', sentence(error.message), { hint: help });
    case 'commander.excessArguments':
      return new SicError('usage', `${command} takes no more arguments than its help names.`, {
        hint: verb?.name() === 'export' ? `A search is named by a flag: ${command} --search NAME` : help,
      });
    default:
      return new SicError('usage', sentence(error.message), { hint: help });
  }
}

/** What an argument may look like, by its name. */
const examples: Readonly<Record<string, string>> = { file: 'companies.csv', id: 'last', run: 'last' };

/** `sic runs show` */
function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

/** A value that is not among those a flag allows. */
function badChoice(message: string): SicError | null {
  const [, flag, value, choices] =
    /option '(--[\w-]+)[^']*' argument '(.*)' is invalid\. Allowed choices are (.*)\./s.exec(message) ?? [];
  if (flag === undefined || value === undefined || choices === undefined) return null;
  const known = choices.split(', ');
  const near = didYouMean(value, known);
  return new SicError('usage', `${flag} is "${value}", but it must be ${orList(known)}.`, {
    hint: `For example: ${flag} ${near ?? known[0]}`,
  });
}

function unknownCommand(name: string, program: Command): SicError {
  const isFile = /[./\\]/.test(name);
  return new SicError('usage', `There is no command "${name}".`, {
    hint: isFile
      ? `To import a file: sic import ${name}`
      : suggestion(name, commandNames(program), `Known are: ${commandNames(program).join(', ')}.`),
  });
}

function suggestion(wrong: string, known: readonly string[], otherwise: string): string {
  const near = didYouMean(wrong, known);
  return near === null ? otherwise : `Did you mean ${near}? ${otherwise}`;
}

function commandNames(program: Command): string[] {
  return program.commands.map(command => command.name());
}

function flagsOf(program: Command, verb: Command | null): string[] {
  const options = [...(verb?.options ?? []), ...program.options];
  return [...options.flatMap(option => (option.long ? [option.long] : [])), '--help'];
}

/** commander's own words, as a sentence: `error: option … is invalid.` → `Option … is invalid.` */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').split('\n')[0] ?? '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
