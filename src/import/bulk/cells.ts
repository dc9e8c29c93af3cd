import type { PlainValue } from '../../records/value.ts';

/** The server would decode such a text before it writes it; how to keep it from that is not documented. */
const looksEncoded = /^\[[A-Z]{1,2}:/;

export function integerCell(value: number): string {
  return `[I:${value}]`;
}

export function flagCell(value: PlainValue): string {
  return value === true ? '[I:1]' : '[I:0]';
}

/** null: no cell says it safely. */
export function textCell(value: PlainValue): string | null {
  const text = String(value ?? '');
  return looksEncoded.test(text) ? null : text;
}

/** @param moment `2026-07-01T12:00:00`, as the clocks of the tenant show it; null or '': none */
export function momentCell(moment: string | null): string | null {
  if (moment === null || moment === '') return '[DT:01/01/0001 00:00:00]';
  const [, year, month, day, time = '00:00:00'] =
    /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(moment) ?? [];
  return year === undefined ? null : `[DT:${month}/${day}/${year} ${time}]`;
}

/** The same cell, however it is encoded: what the server answers may be decoded. */
export function plainCell(cell: string): string {
  return /^\[[A-Z]{1,2}:(.*)\]$/s.exec(cell)?.[1] ?? cell;
}
