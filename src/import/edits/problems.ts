import type { Problem } from '../../problems/problem.ts';
import type { Edit } from './find.ts';

/** How long a value may be in a sentence. */
const longest = 60;

/** The code of the warning about a field that is left to the user who changed it. */
export const editKept = 'user-edit-kept';

/** Policy `report`: why the row was left alone. */
export function inConflict({ field, held, given }: Edit): Problem {
  return {
    field,
    value: given,
    code: 'user-edit',
    message: `${field} was changed in SuperOffice since the last import: it is ${said(held)} there, and the file says ${said(given)}.`,
    tip: 'Make file and SuperOffice agree, or import this row with --on-conflict file (the file wins) or --on-conflict crm (SuperOffice wins).',
  };
}

/** Policy `file`. */
export function overwritten({ field, held, given }: Edit): Problem {
  return {
    field,
    value: held,
    code: 'user-edit-overwritten',
    message: `${field} was changed in SuperOffice since the last import, to ${said(held)}: the file’s ${said(given)} takes its place.`,
    tip: 'To leave such fields alone, use --on-conflict crm, or report to decide row by row; "onConflict" in the config says it for good.',
  };
}

/** Policy `crm`. */
export function kept({ field, held, given }: Edit): Problem {
  return {
    field,
    value: given,
    code: editKept,
    message: `${field} was changed in SuperOffice since the last import, and stays ${said(held)}: the file’s ${said(given)} was left out.`,
    tip: 'Correct the file, so that both agree. To let the file win, use --on-conflict file.',
  };
}

/** A value in a sentence. */
export function said(value: string | null): string {
  if (value === null || value === '') return 'empty';
  return `"${value.length > longest ? `${value.slice(0, longest - 1)}…` : value}"`;
}
