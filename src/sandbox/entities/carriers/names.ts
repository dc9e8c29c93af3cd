import type { DbRow } from '../../store/table.ts';
import { textOf } from '../values.ts';

/** First, middle and last name. */
export function personName(row: Readonly<DbRow>): string {
  return joined([row.firstname, row.middleName, row.lastname].map(textOf), ' ');
}

/** With the title before it: `Mr. Steve Fishmann`. */
export function formalName(row: Readonly<DbRow>): string {
  return joined([textOf(row.mrmrs), textOf(row.salutation), personName(row)], ' ');
}

/** `Fish company, uk department`. */
export function contactName(row: Readonly<DbRow>): string {
  return joined([textOf(row.name), textOf(row.department)], ', ');
}

function joined(parts: readonly string[], separator: string): string {
  return parts.filter(part => part !== '').join(separator);
}
