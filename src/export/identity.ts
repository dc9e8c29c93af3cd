import { createHash } from 'node:crypto';

/** A short name for an export, the same for the same question alone: of what, which columns and criteria, in which order. */
export function identityOf(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('hex').slice(0, 24);
}
