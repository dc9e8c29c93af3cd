import { isWorthGoingOn } from '../history/resumable.ts';
import { shellWord } from '../problems/shell-word.ts';
import type { Context } from './context.ts';
import { programName } from './environment.ts';
import type { GlobalFlags } from './flags.ts';

type Place = { readonly [Name in keyof GlobalFlags]: GlobalFlags[Name] | undefined };

/** Flags without which the next command would mean another SuperOffice, config or state folder. */
export function placeFlags({ sandbox, profile, config, stateDir }: Place): string[] {
  const named: [string, string | undefined][] = [
    ['--profile', sandbox ? undefined : profile],
    ['--config', config],
    ['--state-dir', stateDir],
  ];
  return [
    ...(sandbox ? ['--sandbox'] : []),
    ...named.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
  ];
}

/** The command that goes on with an import; null for what came in through a pipe and is gone. */
export function resumeCommand(
  run: string,
  files: readonly string[],
  flags: GlobalFlags,
  context: Context,
): string | null {
  if (files.includes('-')) return null;
  const { SIC_PROFILE: profile, SIC_CONFIG: config, SIC_STATE_DIR: stateDir } = context.env;
  // The reader of a cron mail has other variables than the job had.
  const place = {
    profile: profile || undefined,
    config: config || undefined,
    stateDir: stateDir || undefined,
    ...flags,
  };
  return `${programName(context)} ${['resume', run, ...placeFlags(place)].map(shellWord).join(' ')}`;
}

/** The command to print below an error, when it is one after which a run can go on. */
export function commandAfter(code: string, goOn: string | null): string | null {
  return goOn !== null && isWorthGoingOn(code) ? goOn : null;
}

/** The hint of an error for JSON: the command stands in it. */
export function hintWithCommand(
  { code, hint }: { readonly code: string; readonly hint: string | null },
  goOn: string | null,
): string | null {
  const command = commandAfter(code, goOn);
  if (command === null) return hint;
  return `${hint === null || hint === '' ? '' : `${hint} `}To go on: ${command}`;
}
