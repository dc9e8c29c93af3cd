import { type Call, label } from './call.ts';
import { SuperOfficeError } from './error.ts';
import type { UploadError } from './transport.ts';

/** In the same words, whichever of them is heard first. */
export function sameVerdict(call: Call, verdict: unknown, lost: boolean): SuperOfficeError {
  if (!(verdict instanceof SuperOfficeError)) throw verdict;
  const { message, status, errorType, hint } = verdict;
  return new SuperOfficeError(message, {
    status,
    errorType,
    request: label(call),
    lost,
    scope: 'tenant',
    hint,
    cause: verdict,
  });
}

/** Sending it again would not help, and the next row has other files. */
export function unsendable(call: Call, cause: UploadError, lost: boolean): SuperOfficeError {
  return new SuperOfficeError(`${label(call)}: ${cause.message}`, {
    status: 0,
    request: label(call),
    lost,
    scope: 'row',
    hint: 'Leave the files where they are, as they are, until the run is over; then run again.',
    cause,
  });
}

export function interrupted(call: Call, lost: boolean): SuperOfficeError {
  return new SuperOfficeError(`${label(call)}: the run was stopped before it was answered`, {
    status: 0,
    request: label(call),
    lost,
    scope: 'tenant',
    hint: 'Run the same command again: what was accepted stays accepted.',
  });
}
