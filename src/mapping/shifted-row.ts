import type { Cell } from '../formats/record.ts';
import type { Problem } from '../problems/problem.ts';

/** The column of a reject file whose cells are known: `line 12`, a path such as `/Company/11`, or nothing. */
export const placeColumn = 'SicPlace';

/**
 * Tells a ragged row of a reject file that a spreadsheet has filled up to full width: its cells no longer stand under
 * their columns, and the reasons would be imported as data. Null for a row that is in place.
 */
export function checkShift(cells: ReadonlyMap<string, Cell>): Problem | null {
  const place = String(cells.get(placeColumn) ?? '').trim();
  if (place === '' || /^(?:line \d+|\/.*)$/.test(place)) return null;
  return {
    field: null,
    value: place,
    code: 'ragged-row',
    message: `The cells of this row are shifted: ${placeColumn} holds "${place}".`,
    tip: 'Put the cells back under their columns. A row that was cut lacks some: fill them in, or take the row from the source again.',
  };
}
