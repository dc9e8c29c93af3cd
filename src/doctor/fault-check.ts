import { SicError } from '../problems/sic-error.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import { type Area, type Check, checksOf } from './check.ts';

/**
 * A refusal as a check. What is neither a SicError nor a SuperOfficeError is a bug and thrown on. SuperOffice's verdict on
 * one question (`scope: row`) ends no import; one that concerns the tenant does.
 */
export function faultCheck(area: Area, name: string, error: unknown): Check {
  const { missing } = checksOf(area);
  if (error instanceof SicError) {
    const found = [error.message, ...(error.detail === null ? [] : error.detail.split('\n'))].join(' ');
    // A file that cannot be taken is what this command is asked about: it has been found out, and nothing ended.
    const ends = error.code === 'file' || error.code === 'locked' ? null : error.code;
    return missing(name, found, error.hint ?? 'Correct it, then run the same command again.', ends);
  }
  if (!(error instanceof SuperOfficeError)) throw error;
  const { status, scope } = error;
  const ends = scope === 'row' ? null : status === 401 || status === 403 ? 'sign-in' : 'unreachable';
  return missing(name, error.message, error.hint, ends);
}
