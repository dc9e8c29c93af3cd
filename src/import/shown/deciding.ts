import { createHash } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import type { FieldNames } from '../../datatypes/udef.ts';

/**
 * What of the config decides how rows are read and what is written, by the names it has there: a hash of each part. Who
 * signs in, how fast, and where results go decides nothing; secrets are no part of it.
 */
export function decidingParts(config: Config, { keyFields }: FieldNames): Record<string, string> {
  const { integrationId, mappings, lists, fallbackAssociate, progIdPrefix, timeZone } = config;
  const { earningMethod, onConflict, sendMail, documents } = config;
  const parts: Record<string, unknown> = {
    integrationId,
    mappings,
    lists: [...lists].sort(([one], [other]) => (one < other ? -1 : 1)),
    fallbackAssociate,
    progIdPrefix,
    timeZone,
    earningMethod,
    onConflict: [...onConflict].sort(([one], [other]) => (one < other ? -1 : 1)),
    sendMail,
    documents,
    keyFields,
  };
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, hashOf(part)]));
}

function hashOf(part: unknown): string {
  const text = JSON.stringify(part, (_, value: unknown) => (value instanceof Map ? [...value] : value));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
