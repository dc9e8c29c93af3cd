import type { Datatype } from '../datatypes/datatype.ts';
import type { Problem } from '../problems/problem.ts';

/** The code of a row whose key another row of the run has. The files alone decide that. */
export const duplicateKey = 'duplicate-key';

/** @param place of the row that has the key: `companies.csv, line 2` */
export function repeatedKey({ keyField }: Datatype, key: string, place: string): Problem {
  return {
    field: keyField,
    value: key,
    code: duplicateKey,
    message: `The key "${key}" is already at ${place}.`,
    tip: 'A run takes each key once. Remove one of the rows, or set "duplicates": "last" in the mapping to let the last one win.',
  };
}

/** `duplicates: last`: the earlier row is read over, which is what was asked for, but said. */
export function superseded(repeated: Problem): Problem {
  return {
    ...repeated,
    code: 'superseded',
    message: repeated.message.replace('is already at', 'comes again at'),
    tip: 'The last row of a key counts, because the mapping says "duplicates": "last".',
  };
}
