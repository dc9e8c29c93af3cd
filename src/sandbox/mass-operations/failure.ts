import { SandboxError } from '../http/exchange.ts';

/** What SuperOffice tells as `SoMassOperationException`. Rows that were written before it stay (writing.md, section 6.2). */
export class MassFailure extends Error {
  override readonly name = 'MassFailure';
}

/** A table, or a caller, that mass operations are closed to. The status is not documented; 403 is what fits best. */
export function accessRefused(message: string): SandboxError {
  return new SandboxError(403, 'SoDbAccessException', message);
}
