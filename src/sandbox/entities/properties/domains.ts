import type { Property } from '../property.ts';
import { shown, textOf } from '../values.ts';

/**
 * A list of plain texts. The documents do not name the table behind it; it is kept in a column of the main table, one a line.
 */
export function domains(name: string, column: string): Property {
  return {
    name,
    empty: [],
    read: ({ row }) =>
      textOf(row[column])
        .split('\n')
        .filter(domain => domain !== ''),
    write: (draft, value) => {
      if (value === null) draft.columns[column] = '';
      else if (Array.isArray(value) && value.every(domain => typeof domain === 'string'))
        draft.columns[column] = value
          .map(domain => domain.trim())
          .filter(domain => domain !== '')
          .join('\n');
      else draft.reject(name, `${shown(value)} is not an array of texts`);
    },
  };
}
