import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { Config } from '../../config/config.ts';
import type { ChosenProfile } from '../../config/profiles.ts';
import type { CronFacts, EnvironmentFile } from '../../doctor/cron-checks.ts';
import type { Subject } from '../../doctor/subject.ts';
import type { DoctorFlags } from '../commands/doctor.ts';
import type { Context } from '../context.ts';

/** Variables of a terminal that change how a run goes, besides those of the config. */
const telling = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'SIC_ZIP_PASSWORD',
  'TZ',
] as const;

/** Looks at what a job without a terminal would find on this machine. */
export async function cronFacts(
  files: readonly string[],
  chosen: ChosenProfile,
  subject: Subject,
  config: Config,
  flags: DoctorFlags,
  context: Context,
  stateRoot: string,
): Promise<CronFacts> {
  const { env, cwd } = context;
  const script = path.resolve(process.argv[1] ?? '');
  const isProgram = /^sic(?:\.js)?$/.test(path.basename(script));
  const secrets = subject.secrets.flatMap(({ ref }) => ('env' in ref ? [ref.env] : []));
  const variables = [...new Set([...secrets, ...telling.filter(name => (env[name] ?? '') !== '')])];
  const environmentFile = await environmentFileOf(path.join(config.folder, 'sic.env'));
  return {
    platform: process.platform,
    files,
    environmentFile,
    bareStart: isProgram ? await bareStart(script, env) : undefined,
    job: {
      node: process.execPath,
      script: isProgram ? script : 'sic',
      argv: argvOf(files, chosen, config, flags, cwd, stateRoot),
      folder: cwd,
      user: userInfo().username,
      environmentFile: variables.length > 0 ? environmentFile.path : null,
      variables,
      log: path.join(config.folder, 'sic-import.log'),
    },
  };
}

/** The words behind `import`, with whatever the environment said spelled out. */
function argvOf(
  files: readonly string[],
  chosen: ChosenProfile,
  config: Config,
  flags: DoctorFlags,
  cwd: string,
  stateRoot: string,
): string[] {
  const named = files.map(file => (file === '-' ? file : path.resolve(cwd, file)));
  return [
    ...(named.length === 0 ? ['FILE'] : named),
    ...(chosen.kind === 'sandbox' ? ['--sandbox'] : ['--profile', chosen.name]),
    ...(config.file === null ? [] : ['--config', config.file]),
    ...['--state-dir', stateRoot],
    ...(flags.datatype === undefined ? [] : ['--datatype', flags.datatype]),
    ...(flags.files === undefined ? [] : ['--files', path.resolve(cwd, flags.files)]),
    ...(flags.rate === undefined ? [] : ['--rate', String(flags.rate)]),
    ...(flags.concurrency === undefined ? [] : ['--concurrency', String(flags.concurrency)]),
  ];
}

async function environmentFileOf(file: string): Promise<EnvironmentFile> {
  try {
    const [text, { mode }] = [await readFile(file, 'utf8'), await stat(file)];
    const names = [...text.matchAll(/^\s*(?:export\s+)?(\w+)=/gm)].flatMap(([, name]) => name ?? []);
    // Windows keeps rights in access lists; its mode bits say nothing.
    return { path: file, names, isOpen: process.platform !== 'win32' && (mode & 0o077) !== 0 };
  } catch {
    return { path: file, names: null, isOpen: false };
  }
}

/** Starts the program as cron does: no terminal, a short PATH, another folder. null: it started. */
function bareStart(script: string, env: Context['env']): Promise<string | null> {
  const { SystemRoot } = env;
  const bare = process.platform === 'win32' ? { SystemRoot: SystemRoot ?? '' } : { PATH: '/usr/bin:/bin' };
  return new Promise(resolve => {
    const child = spawn(process.execPath, [script, '--version'], {
      cwd: path.parse(script).root,
      env: bare,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      windowsHide: true,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', error => resolve(error.message));
    child.once('close', code => resolve(code === 0 ? null : said.split('\n')[0] || `exit code ${code}`));
  });
}
