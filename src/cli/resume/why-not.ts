import type { RunDetails } from '../../history/result.ts';
import { SicError } from '../../problems/sic-error.ts';

/** Why there is no going on with a run, and what to do instead. */
export function whyNot(run: RunDetails): SicError {
  const { id, kind, state, goneOn, inputs } = run;
  if (state === 'running')
    return new SicError('locked', `Run ${id} is still at work${where(run)}.`, {
      hint: 'Wait for its end, or stop it first.',
    });
  if (kind !== 'import')
    return new SicError('usage', `Run ${id} is no import: there is nothing to go on with.`, {
      hint:
        kind === 'undo' ? 'Start the undo again: what is taken back stays so.' : 'Start the dry run again.',
    });
  if (goneOn !== null)
    return new SicError('usage', `Run ${goneOn} has gone on with ${id} already.`, {
      hint: `sic runs show ${goneOn} tells how that ended.`,
    });
  if (inputs.some(({ path }) => path === null))
    return new SicError('usage', `Run ${id} read standard input, and that is gone.`, {
      hint: 'Start its command again with the same input: rows that were done are not sent twice.',
    });
  if (state === 'ok' || state === 'rows need a look')
    return new SicError('usage', `Run ${id} came to its end: there is nothing to go on with.`, {
      hint: `sic runs show ${id} tells which rows need a look; a later import takes them once they are corrected.`,
    });
  return new SicError(
    'usage',
    `Run ${id} cannot be gone on with: ${run.error?.message ?? 'it is not known how it was started.'}`,
    {
      hint: 'Correct what it says, and start its command again: rows that were done are not sent twice.',
    },
  );
}

function where({ host, pid }: RunDetails): string {
  return [host === null ? '' : ` on ${host}`, pid === null ? '' : `, process ${pid}`].join('');
}
