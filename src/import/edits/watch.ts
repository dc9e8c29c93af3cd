import type { ConflictPolicy } from '../../config/config.ts';
import type { Datatype } from '../../datatypes/datatype.ts';
import type { Place } from '../../state/column-sets.ts';
import type { FieldMemory, KnownFields } from '../../state/fields/memory.ts';
import { valueHash } from '../../state/fields/update.ts';
import type { Fingerprints } from '../../state/fingerprint.ts';

/** By what it shows that a user changed a field: what records of this datatype were left with, or seen with, last. */
export interface Watch {
  readonly datatype: Datatype;
  readonly memory: FieldMemory;
  readonly fingerprints: Fingerprints;
  readonly policy: ConflictPolicy;
}

export const nothingKnown: KnownFields = () => 0;

export function hashOf(text: string, { fingerprints }: Watch): number {
  return valueHash(text, fingerprints);
}

/** Where a place stands in the memory, and what is known of it. */
export function knownAt(place: Place, known: KnownFields, { memory }: Watch): number {
  return known(memory.columnOf(place));
}
