import type { Cell } from '../formats/record.ts';
import type { Problem } from '../problems/problem.ts';
import type { Integrity } from './plan.ts';

/** A column after the mapping had its say: where it is in the file and where it goes. */
export interface Target {
  readonly column: string;
  readonly to: string;
}

/** True for the two control columns, in any letter case (integration-cloud.md, section 2.1). */
export function isControlColumn(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === 'integrationid' || lower === 'integrationidcheck';
}

/**
 * Finds the control columns of a header. With a configured id they must stand first and last, where columns have an order
 * (`fixed`); `faults` says what is wrong. Without one they may be absent or stand anywhere.
 */
export function planIntegrity(
  targets: readonly Target[],
  expected: string | null,
  fixed: boolean,
): { readonly integrity: Integrity | null; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const id = only(targets, 'IntegrationID', faults);
  const check = only(targets, 'IntegrationIDCheck', faults);
  if (expected !== null && !fixed && targets.length > 0) {
    if (!id) faults.push('No record has an IntegrationID.');
    if (!check) faults.push('No record has an IntegrationIDCheck.');
  }
  if (expected !== null && fixed) {
    const first = targets.at(0);
    const last = targets.at(-1);
    if (!id || id !== first)
      faults.push(`The first column must be IntegrationID, but it is "${first?.column ?? ''}".`);
    if (!check || check !== last)
      faults.push(`The last column must be IntegrationIDCheck, but it is "${last?.column ?? ''}".`);
  }
  const integrity = id && check ? { idColumn: id.column, checkColumn: check.column, expected } : null;
  return { integrity, faults };
}

function only(targets: readonly Target[], name: string, faults: string[]): Target | null {
  const found = targets.filter(target => target.to.toLowerCase() === name.toLowerCase());
  if (found.length > 1)
    faults.push(`${name} is there more than once: ${found.map(({ column }) => `"${column}"`).join(', ')}.`);
  return found[0] ?? null;
}

/** Whether this row belongs to this customer and has its beginning and its end; null when it does. */
export function checkIntegrity(integrity: Integrity, cells: ReadonlyMap<string, Cell>): Problem | null {
  const { idColumn, checkColumn, expected } = integrity;
  const id = written(cells, idColumn);
  const check = written(cells, checkColumn);
  if (expected !== null && id !== expected)
    return mismatch(
      idColumn,
      id,
      id === ''
        ? `${idColumn} is blank, so nothing says whose row this is.`
        : `${idColumn} is "${id}", but the config says "${expected}": this row belongs to another customer.`,
      'Import the file with the config of its own customer, or correct IntegrationID where the file is made.',
    );
  if (check !== id)
    return mismatch(
      checkColumn,
      check,
      `${checkColumn} is "${check}", but ${idColumn} is "${id}": the row was cut or its cells have moved.`,
      'Look for a missing end, a stray separator or an unclosed quote in this row, and send it again.',
    );
  return null;
}

function written(cells: ReadonlyMap<string, Cell>, column: string): string {
  return String(cells.get(column) ?? '').trim();
}

function mismatch(field: string, value: string, message: string, tip: string): Problem {
  return { field, value: value === '' ? null : value, code: 'integration-id', message, tip };
}
