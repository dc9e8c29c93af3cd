import { SandboxError } from '../http/exchange.ts';
import type { DbUser } from '../store/context.ts';

/**
 * Throws for users who may not change the layout of the system (reading.md, section 14.4: administrators only). The
 * system user counts as one. The status of a refused function right is not documented; 403 is what fits best.
 */
export function requireAdministrator(user: DbUser): void {
  if (!user.isSystemUser)
    throw new SandboxError(
      403,
      'SoFunctionRightException',
      `The user ${user.name} does not have the function right to administrate user-defined fields`,
    );
}
