import { type Enumeration, nameOf } from '../carriers/enumerations.ts';
import type { Property } from '../property.ts';
import { numberOf, shown } from '../values.ts';

/** A property whose values are names; names are read in any case and kept as their numbers. */
export function enumeration(name: string, column: string, values: Enumeration, type: string): Property {
  const numbers = new Map(Object.entries(values).map(([value, number]) => [value.toLowerCase(), number]));
  return {
    name,
    column,
    field: { type: `SuperOffice.Data.${type}`, length: 2 },
    read: ({ row }) => nameOf(values, numberOf(row[column])),
    write: (draft, value) => {
      if (value === null) return;
      const number = typeof value === 'string' ? numbers.get(value.toLowerCase()) : undefined;
      if (number === undefined)
        draft.reject(name, `${shown(value)} is none of ${Object.keys(values).join(', ')}`);
      else draft.columns[column] = number;
    },
  };
}
