import { type RunResult, statuses } from '../import/result.ts';

export interface MeasuredRun {
  readonly command: 'import' | 'validate';
  /** '' when the run ended before it was known. */
  readonly profile: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly exitCode: number;
  /** Milliseconds since 1970; null: none is known. */
  readonly lastSuccessAt: number | null;
  /** null: the run ended before its first row. */
  readonly result: Pick<RunResult, 'counts' | 'files' | 'requests'> | null;
}

type Labels = Readonly<Record<string, string>>;

/** What a run came to in the text format of Prometheus, as the textfile collector of its node_exporter takes it. */
export function metricsText(run: MeasuredRun): string {
  const base: Labels = { profile: run.profile, command: run.command };
  const lines: string[] = [];
  const gauge = (name: string, help: string, samples: readonly (readonly [Labels, number])[]): void => {
    if (samples.length === 0) return;
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
    for (const [labels, value] of samples) lines.push(`${name}${inBraces({ ...base, ...labels })} ${value}`);
  };
  const { startedAt, endedAt, exitCode, lastSuccessAt, result } = run;
  gauge('sic_run_start_timestamp_seconds', 'When the last run began.', [[{}, startedAt / 1000]]);
  gauge('sic_run_end_timestamp_seconds', 'When the last run ended.', [[{}, endedAt / 1000]]);
  gauge('sic_run_duration_seconds', 'How long the last run took.', [[{}, (endedAt - startedAt) / 1000]]);
  gauge('sic_run_exit_code', 'Exit code of the last run; 0: every row is right.', [[{}, exitCode]]);
  gauge(
    lastSuccessName,
    'When the last run with exit code 0 ended.',
    lastSuccessAt === null ? [] : [[{}, lastSuccessAt / 1000]],
  );
  if (result === null) return `${lines.join('\n')}\n`;
  const { counts, files, requests } = result;
  gauge(
    'sic_rows',
    'Rows of the last run by what became of them.',
    statuses.map(status => [{ status }, counts[status]]),
  );
  gauge('sic_requests', 'Requests to SuperOffice in the last run, repeated ones included.', [
    [{ kind: 'read' }, requests.read],
    [{ kind: 'write' }, requests.write],
  ]);
  gauge('sic_requests_retried', 'Requests of the last run that were sent again.', [[{}, requests.retried]]);
  gauge(
    'sic_file_rows',
    'Rows of each file of the last run by what became of them.',
    files.flatMap(({ file, datatype, counts }) =>
      statuses.map((status): [Labels, number] => [{ file, datatype, status }, counts[status]]),
    ),
  );
  return `${lines.join('\n')}\n`;
}

const lastSuccessName = 'sic_run_last_success_timestamp_seconds';

/** What an earlier file tells of the last success. Milliseconds since 1970; null: nothing. */
export function lastSuccessIn(text: string): number | null {
  const [, seconds] = new RegExp(`^${lastSuccessName}\\{.*\\} ([\\d.]+)$`, 'm').exec(text) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

function inBraces(labels: Labels): string {
  const texts = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return `{${texts.join(',')}}`;
}
