import type { Field } from '../datatypes/field.ts';
import type { Cell } from '../formats/record.ts';
import type { Problem } from '../problems/problem.ts';
import { type Convert, converterFor } from './convert/cell.ts';
import { type Fault, fault } from './convert/conversion.ts';
import { checkIntegrity } from './integration-id.ts';
import type { ColumnPlan, PlannedColumn } from './plan.ts';
import type { Row, Value } from './row.ts';
import { checkShift } from './shifted-row.ts';

/**
 * Makes the mapper of one file. It types a record's cells and gathers all problems of the row; it never throws and asks
 * nobody. What only a new record needs is not checked here, since only the plan knows whether a record is new.
 */
export function createMapper(plan: ColumnPlan): (cells: ReadonlyMap<string, Cell>) => Row {
  const columns = plan.columns.map(column => ({
    ...column,
    convert: converterFor(column.field, plan.forms),
  }));
  return cells => {
    const values = new Map<Field, Value>(plan.constants);
    const problems: Problem[] = [];
    let key = '';
    if (plan.checkShift) {
      const shift = checkShift(cells);
      if (shift) problems.push(shift);
    }
    if (plan.integrity) {
      const mismatch = checkIntegrity(plan.integrity, cells);
      if (mismatch) problems.push(mismatch);
    }
    for (const column of columns) {
      const cell = cells.get(column.column);
      const isKey = column.field.kind === 'key';
      // A cell that is not there (a JSON property left out) is an absent column, which leaves the field alone.
      if (cell === undefined && !isKey) continue;
      const mapped = mapCell(column, cell ?? null);
      if (mapped === 'keep') continue;
      if (!mapped.ok) {
        problems.push(placed(column, cell ?? null, mapped));
        continue;
      }
      values.set(column.field, mapped.value);
      if (isKey) key = String(mapped.value);
    }
    return { key, values, problems };
  };
}

type Mapped = 'keep' | { readonly ok: true; readonly value: Value } | Fault;

function mapCell(column: PlannedColumn & { readonly convert: Convert }, cell: Cell): Mapped {
  const { field } = column;
  const meant = cell === null ? null : throughTable(cell, column.values);
  if (meant === null || meant === '') return emptyCell(field, meant === null ? 'clear' : column.empty);
  const converted = column.convert(meant);
  // `|` alone names nothing, and names are only ever added.
  if (converted.ok && Array.isArray(converted.value) && converted.value.length === 0) return 'keep';
  return converted;
}

function throughTable(
  cell: string | number | boolean,
  table: PlannedColumn['values'],
): string | number | boolean {
  const trimmed = typeof cell === 'string' ? cell.trim() : cell;
  if (table.size === 0) return trimmed;
  return table.get(String(trimmed))?.trim() ?? trimmed;
}

function emptyCell(field: Field, policy: 'keep' | 'clear'): Mapped {
  if (field.kind === 'key')
    return fault(
      'blank-key',
      'The user key is blank.',
      'Give the record its key: without one it cannot be found again.',
    );
  if (field.kind === 'relation' && field.needed)
    return fault(
      'blank-relation',
      `The user key of the ${(field.parent ?? 'parent').toLowerCase()} is blank.`,
      `Write the key of the ${(field.parent ?? 'parent').toLowerCase()} that this record belongs to.`,
    );
  if (policy === 'keep' || !isClearable(field)) return 'keep';
  if (field.needed)
    return fault(
      'cannot-clear',
      `${field.name} cannot be emptied: SuperOffice needs it.`,
      'Write a value, or leave the column or property out to keep what SuperOffice has.',
    );
  return { ok: true, value: null };
}

/** What is only ever added cannot be emptied, and neither can one of a few words, nor what has no place of its own. */
function isClearable({ kind, slot }: Field): boolean {
  return kind !== 'lists' && kind !== 'files' && kind !== 'choice' && slot.at !== 'input';
}

function placed({ column, field }: PlannedColumn, cell: Cell, { code, message, tip }: Fault): Problem {
  const named = column === field.name ? message : `${message.slice(0, -1)} (column "${column}").`;
  // A file in Base64 would fill reports and reject files with itself.
  const value = cell === null || field.kind === 'content' ? null : String(cell);
  return { field: field.name, value, code, message: named, tip };
}
