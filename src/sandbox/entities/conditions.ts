import { type Exchange, SandboxError } from '../http/exchange.ts';
import type { DbRow } from '../store/table.ts';
import { changedSinceErrorType } from './open-points.ts';
import { lastChange } from './stamps.ts';

/** True when `If-Modified-Since` names the second of the last change or a later one: 304. */
export function isUnmodified(exchange: Exchange, row: Readonly<DbRow>): boolean {
  const since = httpDate(exchange.headers['if-modified-since']);
  return since !== undefined && lastChange(row) <= since;
}

/**
 * Throws 412 when the record changed after `If-Unmodified-Since`. Two changes in one second are not told apart: the
 * header has no finer resolution (writing.md, section 9).
 */
export function assertUnmodified(exchange: Exchange, row: Readonly<DbRow>, label: string): void {
  const since = httpDate(exchange.headers['if-unmodified-since']);
  if (since !== undefined && lastChange(row) > since)
    throw new SandboxError(
      412,
      changedSinceErrorType,
      `${label} has changed since the time in If-Unmodified-Since`,
    );
}

/** A header that is no date counts as absent (RFC 9110, section 13.1). */
function httpDate(header: string | undefined): number | undefined {
  const time = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(time) ? undefined : time;
}
