import { SicError } from '../../problems/sic-error.ts';
import { loadFingerprints } from '../../state/fingerprint.ts';
import { openKeptNames } from '../../state/kept-names.ts';
import type { SignedIn } from '../kept-history.ts';
import type { RunOptions, RunPorts } from '../ports.ts';
import { needsLook, type RowResult } from '../result.ts';
import { Results } from '../results.ts';
import { runInput, type Shared } from '../run-input.ts';
import type { Opened } from '../summary.ts';
import { Turns } from '../turns.ts';
import { plannedAnew } from './hints.ts';
import type { ShownPlan } from './read.ts';

/** Rows that are told; of the others only their number. */
const mostTold = 5;

/** Throws SicError 'plan' when the plan was made for another SuperOffice. */
export function requireSameTenant({ head, shown }: ShownPlan, { tenant, user }: SignedIn): void {
  if (head.tenant === tenant && head.database === user.database) return;
  const [planned, here] =
    head.tenant === tenant
      ? [`the database ${head.database} of ${tenant}`, user.database]
      : [head.tenant, tenant];
  throw new SicError('plan', `${shown} was made for ${planned}, and this is ${here}.`, {
    hint: `Nothing was written. ${plannedAnew(shown, head)}`,
  });
}

/**
 * Plans all files without writing, as `validate` does, and compares every row with what the plan has shown. Throws SicError
 * 'plan' when anything would be done otherwise, and whatever keeps it from finding out.
 */
export async function requireAsShown(
  plan: ShownPlan,
  options: RunOptions,
  ports: RunPorts,
  { inputs, superoffice, memories, doubts }: Pick<Opened, 'inputs' | 'superoffice' | 'memories' | 'doubts'>,
): Promise<void> {
  const { progress, signal, brake } = ports;
  progress.note(`Every row is compared with ${plan.shown} before anything is written`);
  const stop: { reason: unknown } = { reason: null };
  const either = AbortSignal.any([signal, brake.signal]);
  const halt = (): void => {
    stop.reason ??= either.reason;
  };
  if (either.aborted) halt();
  either.addEventListener('abort', halt);
  const moved = new Moved();
  const results = new Results(
    'sic.validate',
    { allRows: false, keepChanges: false },
    {
      log: row => moved.compare(row, plan, datatypeOf(row)),
      rejectsOf: () => ({ write: () => {}, close: async () => {} }),
      settled: () => {},
      passed: () => {},
    },
  );
  const datatypeOf = ({ file }: RowResult): string =>
    inputs.find(({ label }) => label === file)?.datatype.name ?? '';
  const shared: Shared = {
    options: { ...options, kind: 'validate', allRows: false, keepChanges: false },
    ports: { ...ports, progress: { ...progress, start: () => {}, update: () => {}, row: () => {} } },
    inputs,
    // They were judged by what SuperOffice says now.
    current: async () => {},
    superoffice,
    intents: null,
    images: null,
    results,
    stop,
    doubts,
    turns: new Turns(),
    keptNames: await openKeptNames(ports.stateFolder),
    fingerprints: await loadFingerprints(),
    memories,
    seen: new Map(),
    limit: { left: options.limit ?? Number.POSITIVE_INFINITY, reached: false },
    shown: null,
  };
  try {
    for (const [index, input] of inputs.entries())
      if (stop.reason === null) await runInput(input, index, shared);
  } finally {
    either.removeEventListener('abort', halt);
  }
  if (stop.reason !== null) throw stop.reason;
  moved.throwIfAny(plan);
}

/** Rows that would be done otherwise than the plan shows. */
class Moved {
  #count = 0;
  readonly #told: string[] = [];

  compare(row: RowResult, plan: ShownPlan, datatype: string): void {
    if (!needsLook('sic.validate', row)) return;
    const message = plan.difference({ ...row, datatype });
    if (message === null) return;
    this.#count++;
    if (this.#told.length < mostTold) this.#told.push(`${row.file}, ${row.place}, ${row.key}: ${message}`);
  }

  throwIfAny({ shown, head }: ShownPlan): void {
    if (this.#count === 0) return;
    const more = this.#count - this.#told.length;
    const rows = this.#count === 1 ? '1 row has' : `${this.#count.toLocaleString('en')} rows have`;
    throw new SicError('plan', `${rows} moved since ${shown} was made, so nothing was written.`, {
      detail: [...this.#told, ...(more > 0 ? [`and ${more.toLocaleString('en')} more`] : [])].join('\n'),
      hint: plannedAnew(shown, head),
    });
  }
}
