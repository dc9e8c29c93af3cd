import { SicError } from '../../problems/sic-error.ts';
import type { SuperOfficeError } from '../../superoffice/error.ts';
import type { Principal } from '../../superoffice/superoffice.ts';
import type { Strategy } from '../ports.ts';

const otherwise =
  'or leave --strategy out: then records are updated one by one where mass operations are not allowed.';

/** Mass operations pass all rights by, so SuperOffice allows them to system users alone (writing.md, section 6.2). Throws SicError. */
export function requireSystemUser(strategy: Strategy, { associate, isSystemUser }: Principal): void {
  if (strategy !== 'bulk' || isSystemUser) return;
  throw new SicError('config', `--strategy bulk needs a system user, and ${associate} is an ordinary one.`, {
    hint: `Sign in as a system user, ${otherwise}`,
  });
}

/** The tenant, or the application, has none. */
export function refusedMassOperations(error: SuperOfficeError): SicError {
  return new SicError('config', `SuperOffice refuses mass operations: ${error.message}.`, {
    hint: `Have the application registered for the agent DatabaseTable, ${otherwise}`,
    cause: error,
  });
}
