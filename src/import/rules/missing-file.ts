import type { Row } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';

/** A file that a row names and that is nowhere. @param known the record is there already, and could do without */
export function fileNotFound(field: string, name: string, row: Row, known: boolean): Problem {
  const alone = known ? ', or leave the cell empty to change the other fields alone' : '';
  return {
    field,
    value: name,
    code: 'file-not-found',
    message: `There is no file "${name}": looked ${row.files?.lookedIn ?? 'beside the data file'}.`,
    tip: `Put the file there, or name its folder with --files${alone}.`,
  };
}
