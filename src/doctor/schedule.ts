/** An import as a job of its own, with everything spelled out that a terminal would know. */
export interface Job {
  /** Absolute paths of Node and of the program. */
  readonly node: string;
  readonly script: string;
  /** Behind `import`; paths are absolute. */
  readonly argv: readonly string[];
  /** Working directory. */
  readonly folder: string;
  /** Who runs it. */
  readonly user: string;
  /** File with the environment variables, or null when none is needed. */
  readonly environmentFile: string | null;
  /** Names of the variables in it. */
  readonly variables: readonly string[];
  /** Where what it says goes. */
  readonly log: string;
}

/** What to write where. Secrets are named, never shown. */
export interface Schedule {
  /** Lines of the environment file, values left out; empty when none is needed. */
  readonly environment: readonly string[];
  readonly environmentFile: string | null;
  readonly crontab: string;
  readonly systemdService: string;
  readonly systemdTimer: string;
  readonly windowsTask: string;
}

/** Every night at twenty past one, a minute when few other jobs start. */
export function scheduleOf(job: Job): Schedule {
  return {
    environment: job.variables.map(name => `${name}='…'`),
    environmentFile: job.environmentFile,
    crontab: crontabLine(job),
    systemdService: systemdService(job),
    systemdTimer: `[Unit]
Description=Nightly import into SuperOffice

[Timer]
OnCalendar=*-*-* 01:20:00
RandomizedDelaySec=300
Persistent=true

[Install]
WantedBy=timers.target
`,
    windowsTask: windowsTask(job),
  };
}

function crontabLine({ node, script, argv, folder, environmentFile, log }: Job): string {
  const environment = environmentFile === null ? '' : `set -a; . ${shell(environmentFile)}; set +a; `;
  const command = [node, script, 'import', ...argv].map(shell).join(' ');
  const line = `cd ${shell(folder)} && { ${environment}${command}; } >> ${shell(log)} 2>&1 || echo "sic ended with exit code $?"`;
  // A bare % ends the command of a crontab line.
  return `20 1 * * *  ${line.replaceAll('%', '\\%')}`;
}

function systemdService({ node, script, argv, folder, user, environmentFile }: Job): string {
  const environment =
    environmentFile === null ? '' : `EnvironmentFile=${environmentFile.replaceAll('%', '%%')}\n`;
  return `[Unit]
Description=Import into SuperOffice
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User=${user}
WorkingDirectory=${folder.replaceAll('%', '%%')}
${environment}ExecStart=${[node, script, 'import', ...argv].map(systemdWord).join(' ')}
# 1: some rows were not taken; they are in the reject file, and the service itself has not failed.
SuccessExitStatus=1
# A run that is asked to stop finishes the requests under way.
TimeoutStopSec=60
`;
}

/** The inner quotes are those that Windows starts the program with, the outer ones those of the shell. */
function windowsTask({ node, script, argv }: Job): string {
  const command = [node, script, 'import', ...argv].map(word => `\\"${word}\\"`).join(' ');
  return `schtasks /Create /TN "sic import" /SC DAILY /ST 01:20 /TR "${command}"`;
}

/** A word that a POSIX shell takes as it is. */
function shell(word: string): string {
  return /^[\w./:@+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** systemd.service(5): % and $ mean something even in quotes. */
function systemdWord(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w./:@+=,%$-]+$/.test(plain) ? plain : `"${plain.replace(/[\\"]/g, '\\$&')}"`;
}
