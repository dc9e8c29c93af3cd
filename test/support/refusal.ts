import { expect } from 'vitest';
import { SicError } from '../../src/problems/sic-error.ts';

/** The SicError that an action, or a promise, ends with. */
export async function refusal(action: Promise<unknown> | (() => unknown)): Promise<SicError> {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    if (error instanceof SicError) return error;
    throw error;
  }
  return expect.unreachable('it should have been refused');
}
