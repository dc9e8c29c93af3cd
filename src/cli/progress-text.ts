import { type Counts, noCounts } from '../import/result.ts';
import { count, duration, number } from '../report/words.ts';

export interface Moment {
  readonly file: string;
  readonly counts: Readonly<Counts>;
  /** Rows of the counters that belong to earlier files. */
  readonly readBefore: number;
  /** Bytes of the file read so far, and all of them when known. */
  readonly bytes: number;
  readonly size: number | null;
  readonly elapsedMs: number;
}

/** How far a file is, in one line: `companies.csv: 1,200 rows, 300 rows/s, 45 %, about 4 s left, 1,199 created, 1 rejected` */
export function progressText(moment: Moment): string {
  const { file, counts, readBefore, bytes, size, elapsedMs } = moment;
  const rows = counts.read - readBefore;
  const parts = [count(rows, 'row')];
  if (rows > 0 && elapsedMs >= 1000) parts.push(`${number((rows * 1000) / elapsedMs)} rows/s`);
  if (size !== null && size > 0) {
    const share = Math.min(1, bytes / size);
    // Bytes are read ahead of the rows: 100 % is said by the report.
    parts.push(`${Math.min(99, Math.floor(share * 100))} %`);
    if (share > 0.01 && share < 1 && elapsedMs >= 2000)
      parts.push(`about ${duration(Math.max(1000, (elapsedMs * (1 - share)) / share))} left`);
  }
  for (const [status, label] of told)
    if (counts[status] > 0) parts.push(`${number(counts[status])} ${label}`);
  return `${file}: ${parts.join(', ')}`;
}

const told = [
  ['created', 'created'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['current', 'already right'],
  ['rejected', 'rejected'],
  ['conflict', 'in conflict'],
  ['failed', 'failed'],
  ['unknown', 'without answer'],
] as const satisfies readonly (readonly [keyof Counts, string])[];

export function idle(): Readonly<Counts> {
  return noCounts();
}
