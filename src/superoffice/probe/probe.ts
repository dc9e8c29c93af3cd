import { SicError } from '../../problems/sic-error.ts';
import { SuperOfficeError } from '../error.ts';
import { isAnswer, type OpenPointName, openPointNamed, openPointNames } from '../open-points.ts';
import type { SuperOffice } from '../superoffice.ts';
import { Bench, type Leftover, ProbeStopped } from './bench.ts';

/** What became of one open point. */
export interface ProbedPoint {
  readonly name: OpenPointName;
  readonly question: string;
  /** null: not settled. */
  readonly answer: string | null;
  /** What sic takes for the answer without a probe. */
  readonly default: string;
  /** What was sent and what came of it, or why nothing was tried. */
  readonly evidence: string;
}

export interface Probed {
  /** In the order of the table; those that were not reached are missing. */
  readonly points: readonly ProbedPoint[];
  /** Release of SuperOffice (`12.4.1514.0`); '' when it did not say. */
  readonly release: string;
  /** What could not be deleted again. */
  readonly left: readonly Leftover[];
  /** Why not all points were reached; null: they were. `interrupted`: the signal fired. */
  readonly stopped: SuperOfficeError | SicError | 'interrupted' | null;
}

export interface ProbeOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Tells this probe's records from those of another one on the same day: four letters or digits. */
  readonly token: string;
  /** `--rate`, where it was given: requests per second, 0: no limit. */
  readonly rate: number | null;
  /** Told before each experiment. */
  readonly tell: (question: string) => void;
  /** Ends the probe after the request under way. Not the signal of the connection, which is needed to delete records. */
  readonly signal: AbortSignal;
}

/**
 * Settles the open points of a tenant, one after the other, each on records of its own, and deletes these whatever happens.
 * The connection must be one that goes by the defaults: with answers of an earlier probe it would test those. Throws for
 * mistakes of this program alone, after it has cleared away.
 */
export async function probe(superoffice: SuperOffice, options: ProbeOptions): Promise<Probed> {
  const day = new Date(options.now).toISOString().slice(0, 10);
  const mark = `sic probe ${day} ${options.token}`;
  const bench = new Bench({ superoffice, mark, rate: options.rate, signal: options.signal });
  const points: ProbedPoint[] = [];
  let stopped: Probed['stopped'] = null;
  let release = '';
  let bug: { readonly error: unknown } | null = null;
  try {
    release = await releaseOf(bench);
    for (const name of openPointNames) {
      options.tell(openPointNamed[name].question);
      points.push(await settle(name, bench));
    }
  } catch (error) {
    if (error instanceof ProbeStopped) stopped = 'interrupted';
    else if (error instanceof SuperOfficeError || error instanceof SicError) stopped = error;
    else bug = { error };
  }
  const left = await bench.clear();
  if (bug) throw bug.error;
  return { points, release, left, stopped };
}

/** '' where SuperOffice does not let it be read: nothing depends on it. */
async function releaseOf(bench: Bench): Promise<string> {
  let release = '';
  await bench.refused(async () => {
    release = await bench.superoffice.netServerVersion();
  });
  return release;
}

/** A refusal of something that the experiment takes for granted leaves this point open, and the next one is tried. */
async function settle(name: OpenPointName, bench: Bench): Promise<ProbedPoint> {
  const { question, default: usual, experiment } = openPointNamed[name];
  const told = { name, question, default: usual };
  try {
    const { experiment: settles } = await experiment();
    const { answer, evidence } = await settles(bench);
    return { ...told, answer: answer !== null && isAnswer(name, answer) ? answer : null, evidence };
  } catch (error) {
    if (!(error instanceof SuperOfficeError) || error.scope === 'tenant') throw error;
    return { ...told, answer: null, evidence: `Not settled: ${error.message}` };
  }
}
