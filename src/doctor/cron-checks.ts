import { type Check, checksOf } from './check.ts';
import { placeOf } from './config-checks.ts';
import type { FolderFacts } from './machine-facts.ts';
import type { Job } from './schedule.ts';
import type { NamedSecret } from './subject.ts';
import { someOf } from './words.ts';

const { ok, advice, missing, skipped } = checksOf('cron');

/** What is there of the file that gives a job its environment. */
export interface EnvironmentFile {
  readonly path: string;
  /** Names of variables that it sets; null: there is no such file. */
  readonly names: readonly string[] | null;
  /** True when others on this machine may read it. */
  readonly isOpen: boolean;
}

/** What has to be known of this machine to tell how a job without a terminal would fare. */
export interface CronFacts {
  readonly platform: NodeJS.Platform;
  readonly job: Job;
  /** Why the program does not start with an empty environment and no terminal; null: it does; undefined: it was not tried. */
  readonly bareStart: string | null | undefined;
  readonly environmentFile: EnvironmentFile;
  /** Files as typed. */
  readonly files: readonly string[];
}

/** Would an import run with no terminal, no desktop and a bare PATH? */
export function cronChecks(
  facts: CronFacts,
  secrets: readonly NamedSecret[],
  stateFolder: FolderFacts,
): Check[] {
  return [
    startCheck(facts),
    filesCheck(facts),
    ...secrets.map(secret => secretCheck(secret, facts)),
    ...environmentChecks(facts, secrets),
    stateFolder.fault === null
      ? ok('state folder', `${stateFolder.path} can be written by ${facts.job.user}.`)
      : missing(
          'state folder',
          `${stateFolder.path} cannot be written by ${facts.job.user} (${stateFolder.fault}).`,
          'Run the job as its owner, or choose another folder with --state-dir.',
        ),
  ];
}

/** Programs that switch between versions of Node keep each in a folder that goes away with it. */
const passing =
  /[/\\](?:\.nvm|\.fnm|fnm_multishells|\.volta|\.asdf|\.nodenv|\.local[/\\]share[/\\]mise|_npx)[/\\]/;

function startCheck({ bareStart, job: { node, script } }: CronFacts): Check {
  const name = 'start';
  if (bareStart === undefined) return skipped(name, 'It was not tried: this is not the program itself.');
  if (bareStart !== null)
    return missing(
      name,
      `${script} does not start with an empty environment: ${bareStart}`,
      'Install it for everybody (npm install -g), outside home folders that need a sign-in.',
    );
  const lasting = [node, script].filter(path => passing.test(path));
  if (lasting.length > 0)
    return advice(
      name,
      `It starts with no terminal, no desktop and a bare PATH, but ${lasting.join(' and ')} will go away with that version of Node.`,
      'Use a Node of the system for jobs, and sic from npm install -g.',
    );
  return ok(name, `${script} starts with no terminal, no desktop and a bare PATH, by ${node}.`);
}

function filesCheck({ files }: CronFacts): Check {
  if (files.length === 0)
    return skipped('files', 'None was named: put their absolute paths where the lines say FILE.');
  if (files.includes('-'))
    return missing('files', 'A job has no standard input.', 'Name the files instead of -.');
  return ok('files', 'They are named with absolute paths below.');
}

function secretCheck({ ref, what }: NamedSecret, { platform, environmentFile, job }: CronFacts): Check {
  const place = placeOf(ref);
  if ('keychain' in ref) {
    const instead = 'Use { "env": "NAME" } or { "file": "PATH" } in the config: they work without a desktop.';
    return platform === 'linux'
      ? missing('secret', `${what} is in ${place}, which opens only on a signed-in desktop.`, instead)
      : advice('secret', `${what} is in ${place}, which opens only for a user who is signed in.`, instead);
  }
  if ('file' in ref) return ok('secret', `${what} is in ${place}, which needs no desktop.`);
  if (environmentFile.names?.includes(ref.env))
    return ok('secret', `${what} comes from ${ref.env} in ${environmentFile.path}.`);
  return missing(
    'secret',
    `${what} is in ${place}, which a job does not have.`,
    `Write ${ref.env}='…' into ${environmentFile.path} (mode 0600, of the user ${job.user}); the lines below read it. Or use { "file": "PATH" } in the config.`,
  );
}

/** Besides the secrets, which have their own checks. */
function environmentChecks({ environmentFile, job }: CronFacts, secrets: readonly NamedSecret[]): Check[] {
  const { path, names, isOpen } = environmentFile;
  const told = new Set(secrets.flatMap(({ ref }) => ('env' in ref ? [ref.env] : [])));
  const absent = job.variables.filter(name => !told.has(name) && !names?.includes(name));
  const checks: Check[] = [];
  if (names !== null && isOpen)
    checks.push(
      missing('environment', `${path} can be read by other users of this machine.`, `chmod 600 "${path}"`),
    );
  if (absent.length > 0 && names !== null)
    checks.push(
      advice(
        'environment',
        `${path} does not set ${someOf(absent)}.`,
        'Add what this terminal has set for it.',
      ),
    );
  else if (absent.length > 0)
    checks.push(
      advice(
        'environment',
        `A job does not see ${someOf(absent)} of this terminal.`,
        `Write them into ${path} (mode 0600), which the lines below read.`,
      ),
    );
  else if (!isOpen)
    checks.push(ok('environment', 'Nothing of this terminal is needed that a job would lack.'));
  return checks;
}
