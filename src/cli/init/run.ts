import { lstat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkConfig } from '../../config/check.ts';
import { parseJsonText } from '../../config/json-text.ts';
import { configFileName } from '../../config/load.ts';
import { starterText } from '../../config/starter.ts';
import { shellWord } from '../../problems/shell-word.ts';
import { SicError } from '../../problems/sic-error.ts';
import type { InitFlags } from '../commands/init.ts';
import { canAsk } from '../confirm.ts';
import type { Context } from '../context.ts';
import { configWish, programName } from '../environment.ts';
import { answersFrom } from './answers.ts';
import { type InitChoices, initChoices, placeFlags } from './choices.ts';
import { openInterview } from './interview.ts';
import { type InitReport, initJson, initText } from './report.ts';
import { schemaAddress } from './schema-address.ts';

/** `sic init`: asks or takes flags, checks what came out as if it had been read, writes it. */
export async function runInit(file: string | undefined, flags: InitFlags, context: Context): Promise<void> {
  if (flags.sandbox)
    throw new SicError('usage', 'sic init and --sandbox contradict each other.', {
      hint: 'The embedded SuperOffice needs no config: sic import companies.csv --sandbox',
    });
  const wish = configWish(flags, context);
  const target = path.resolve(context.cwd, wish ?? configFileName);
  if (!flags.print && !flags.force) await refuseExisting(target, context);
  const choices = await choose(file, flags, context);
  const text = starterText({ ...choices, schema: schemaAddress(path.dirname(target)) });
  insist(text);
  if (!flags.print) await write(target, text, flags.force === true, context);
  const report: InitReport = {
    file: flags.print ? null : target,
    shown: shown(target, context),
    text: flags.print ? text : null,
    profile: choices.profile,
    next: nextCommands(choices, flags, context),
    folder: path.dirname(target),
    cwd: context.cwd,
    program: programName(context),
  };
  context.stdout.write(flags.json ? initJson(report) : flags.print ? text : initText(report));
}

async function choose(file: string | undefined, flags: InitFlags, context: Context): Promise<InitChoices> {
  const interview = canAsk(context) ? openInterview(context) : null;
  const missing: string[] = [];
  try {
    const isBare = flags.online === undefined && flags.onsite === undefined;
    const choices = await initChoices(file, flags, answersFrom(interview, isBare, missing));
    if (missing.length > 0) throw notTold(missing);
    return choices;
  } finally {
    interview?.close();
  }
}

function notTold(missing: readonly string[]): SicError {
  // Without a place, the others are not known yet.
  const needed = missing.includes(placeFlags) ? [placeFlags] : missing;
  return new SicError(
    'usage',
    `There is no terminal to ask on, and ${needed.length === 1 ? 'a flag is' : 'flags are'} missing: ${needed.join(', ')}.`,
    {
      hint: 'For example: sic init --online Cust12345 --auth system-user --client-id ID, or: sic init --onsite https://crm.example.com/SuperOffice --username SIC',
    },
  );
}

/** What is written must be what is read. Every answer was checked, so a fault here is one of ours. */
function insist(text: string): void {
  const parsed = parseJsonText(text);
  if (!parsed.ok) throw new Error(`The starter config is not JSON: ${parsed.fault.message}.`);
  const checked = checkConfig(parsed.value);
  if (!checked.ok)
    throw new Error(
      `The starter config has mistakes: ${checked.faults.map(fault => fault.message).join(' ')}`,
    );
}

async function refuseExisting(target: string, context: Context): Promise<void> {
  const exists = await lstat(target).then(
    () => true,
    () => false,
  );
  if (exists) throw alreadyThere(target, context);
}

function alreadyThere(target: string, context: Context, cause?: unknown): SicError {
  return new SicError('usage', `${shown(target, context)} is already there, and nothing was changed.`, {
    hint: 'Look at what would be written with --print, write it elsewhere with --config FILE, or replace it with --force.',
    cause,
  });
}

async function write(target: string, text: string, replace: boolean, context: Context): Promise<void> {
  try {
    await writeFile(target, text, { flag: replace ? 'w' : 'wx' });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'EEXIST') throw alreadyThere(target, context, cause);
    const folder = shown(path.dirname(target), context);
    if (code === 'ENOENT')
      throw new SicError('usage', `There is no folder ${folder} for the config file.`, {
        hint: 'Make the folder first, or name a file in one that exists.',
        cause,
      });
    throw new SicError('usage', `The config file ${shown(target, context)} cannot be written (${code}).`, {
      hint: 'Check who owns its folder, or name another file with --config.',
      cause,
    });
  }
}

/** The three that come next, to be copied. */
function nextCommands({ profile, file }: InitChoices, flags: InitFlags, context: Context): readonly string[] {
  const program = programName(context);
  // SIC_CONFIG and a file in the working directory are found again, SIC_PROFILE would lead elsewhere.
  const config = flags.config === undefined ? '' : ` --config ${shellWord(flags.config)}`;
  const other = context.env.SIC_PROFILE;
  const named =
    other === undefined || other === '' || other === profile.name ? '' : ` --profile ${profile.name}`;
  const rest = `${named}${config}`;
  return [
    `${program} login${rest}`,
    `${program} doctor${rest}`,
    `${program} validate ${shellWord(file ?? 'companies.csv')}${rest}`,
  ];
}

/** As a person in the working directory would write it. */
function shown(target: string, { cwd }: Context): string {
  const relative = path.relative(cwd, target);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? target : relative;
}
