import type { ErrorCode } from '../problems/sic-error.ts';

/** In the order in which they are told. */
export const areas = [
  'config',
  'machine',
  'connection',
  'files',
  'keys',
  'columns',
  'references',
  'tickets',
  'bulk',
  'cron',
] as const;
export type Area = (typeof areas)[number];

/**
 * `ok` · `advice`: imports run, but it could be better · `missing`: an import would end, or leave rows behind, until this is
 * mended · `skipped`: nothing could be found out.
 */
export const checkStatuses = ['ok', 'advice', 'missing', 'skipped'] as const;
export type CheckStatus = (typeof checkStatuses)[number];

/** One thing that was looked at. Plain data. */
export interface Check {
  readonly area: Area;
  /** What was looked at: `clock`, `Company: Siteshop:CompUserKey01`. */
  readonly name: string;
  readonly status: CheckStatus;
  /** One or a few sentences: what was found. */
  readonly found: string;
  /** One or a few sentences: what to do; null when there is nothing. */
  readonly todo: string | null;
  /** What an import would end with because of it; null when it would run. */
  readonly ends: ErrorCode | null;
  /** Ok, and one of many that say the same: a report for people may count them together. */
  readonly oneOfMany: boolean;
}

/** The checks of one area, in the words of its file. */
export function checksOf(area: Area) {
  const check = (
    name: string,
    status: CheckStatus,
    found: string,
    todo: string | null,
    ends: ErrorCode | null = null,
    oneOfMany = false,
  ): Check => ({ area, name, status, found, todo, ends, oneOfMany });
  return {
    ok: (name: string, found: string) => check(name, 'ok', found, null),
    /** Nothing to be said beyond that it is right. */
    right: (name: string, found: string) => check(name, 'ok', found, null, null, true),
    advice: (name: string, found: string, todo: string) => check(name, 'advice', found, todo),
    missing: (name: string, found: string, todo: string, ends: ErrorCode | null = null) =>
      check(name, 'missing', found, todo, ends),
    skipped: (name: string, found: string) => check(name, 'skipped', found, null),
  };
}
