import type { Style } from './style.ts';
import { oneLine, wrap } from './words.ts';

/** What a probe of a tenant found out. */
export interface ProbeReport {
  readonly tenant: string;
  readonly release: string;
  readonly points: readonly {
    readonly name: string;
    readonly question: string;
    /** null: not settled. */
    readonly answer: string | null;
    readonly default: string;
    readonly evidence: string;
  }[];
  /** What could not be deleted again; an id of null: whether it is there is not known. */
  readonly left: readonly {
    readonly what: string;
    readonly id: number | null;
    readonly name: string;
    readonly why: string;
  }[];
  /** Why not all points were reached; null: they were. */
  readonly stopped: Error | 'interrupted' | null;
}

/** The part of the doctor's JSON document that tells of a probe. */
export function probeJson({ tenant, release, points, left, stopped }: ProbeReport): object {
  return {
    tenant,
    release,
    points: points.map(({ name, question, answer, default: usual, evidence }) => ({
      name,
      question,
      answer,
      default: usual,
      evidence,
    })),
    left: left.map(({ what, id, name, why }) => ({ what, id, name, why })),
    stopped: stopped === null || stopped === 'interrupted' ? stopped : stopped.message,
  };
}

/**
 * A probe for people: per point its name, the answer, what sic takes for it otherwise where they differ, and below the
 * question and the evidence; then what is left in SuperOffice. `width`: of the terminal, infinite without one.
 */
export function probeLines(report: ProbeReport, width: number, style: Style): string[] {
  const { tenant, release, points, left, stopped } = report;
  const lines = [
    style.bold(`Open points of ${oneLine(tenant)}${release === '' ? '' : ` (${oneLine(release)})`}`),
    '',
  ];
  const text = (words: string): string[] => wrap(`    ${oneLine(words)}`, width, '    ');
  for (const { name, question, answer, default: usual, evidence } of points) {
    const head = answer === null ? style.warn('not settled') : style.good(oneLine(answer));
    const differs = answer === null || answer === usual ? '' : `  (without a probe: ${usual})`;
    const goesBy = answer === null ? `  (sic goes by ${usual}, or by what an earlier probe found)` : '';
    lines.push(
      `  ${name}: ${head}${differs}${goesBy}`,
      ...text(question).map(line => style.dim(line)),
      ...text(evidence),
    );
  }
  if (left.length > 0) {
    lines.push('', style.bold('Still in SuperOffice'));
    for (const { what, id, name, why } of left)
      lines.push(`  ${what} ${id ?? '(id not known)'} "${oneLine(name)}"`, ...text(why));
  }
  if (stopped !== null)
    lines.push(
      '',
      style.warn(
        stopped === 'interrupted'
          ? 'Interrupted before all points were reached.'
          : `Ended early: ${oneLine(stopped.message)}`,
      ),
    );
  return lines;
}
