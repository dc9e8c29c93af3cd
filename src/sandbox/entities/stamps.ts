import type { DbRow } from '../store/table.ts';
import { textOf } from './values.ts';

/** How SuperOffice writes "no date" (reading.md, section 5.2). */
export const noDate = '0001-01-01T00:00:00';

/**
 * Date columns of the main tables (`registered`, `updated`, `DeletedDate`) hold UTC as `2026-07-01T12:00:00`: texts that
 * sort by time. A record that was never changed has `noDate` in `updated`.
 */
export function stampText(date: Date): string {
  return date.toISOString().slice(0, 19);
}

/** How a table notes who made and changed a record, and when. */
export interface Stamps {
  /** Columns of a record that is being created. */
  created(now: Date, associateId: number): DbRow;
  /** Columns of a record that was changed. */
  updated(before: Readonly<DbRow>, now: Date, associateId: number): DbRow;
}

/** Columns of a record that is being created. */
export function createdStamp(now: Date, associateId: number): DbRow {
  return {
    registered: stampText(now),
    registered_associate_id: associateId,
    updated: noDate,
    updated_associate_id: 0,
    updatedCount: 0,
  };
}

/** Columns of a record that was changed. */
export function updatedStamp(before: Readonly<DbRow>, now: Date, associateId: number): DbRow {
  const count = before.updatedCount;
  return {
    updated: stampText(now),
    updated_associate_id: associateId,
    updatedCount: (typeof count === 'number' ? count : 0) + 1,
  };
}

/** Those of the main tables. */
export const registeredStamps: Stamps = { created: createdStamp, updated: updatedStamp };

/** When the record last changed, in milliseconds; its creation when it never did (writing.md, section 9). */
export function lastChange(row: Readonly<DbRow>): number {
  const updated = textOf(row.updated);
  const stamp = updated === '' || updated === noDate ? textOf(row.registered) : updated;
  const time = Date.parse(`${stamp}Z`);
  return Number.isNaN(time) ? 0 : time;
}
