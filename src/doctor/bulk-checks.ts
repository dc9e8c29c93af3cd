import type { Principal } from '../superoffice/superoffice.ts';
import { type Check, checksOf } from './check.ts';

const { ok, advice } = checksOf('bulk');

/** SuperOffice allows mass operations to system users alone (writing.md, section 6). */
export function bulkCheck({ associate, isSystemUser }: Principal): Check {
  if (isSystemUser)
    return ok(
      'mass operations',
      `Allowed: ${associate} is a system user. From 100 updates on they go together, unless --strategy entity says otherwise.`,
    );
  return advice(
    'mass operations',
    `Not allowed: ${associate} is an ordinary user. Records are updated one by one, which is right for all but very large updates; --strategy bulk is refused.`,
    'For those, sign in as a system user.',
  );
}
