import type { Field } from '../datatypes/field.ts';
import type { Row, Value } from './row.ts';

/**
 * Makes what tells what the rows of a file say, whatever they looked like: the same text for another column order, quoting,
 * or spelling of a number, date or name order in a multi-value cell. Two rows with equal canonical text ask SuperOffice for
 * the same thing. Memories outlive the program: the text of a row must never change.
 * @param fields all that a row may have
 */
export function createCanonical(fields: readonly Field[]): (row: Row) => string {
  const inOrder = [...fields]
    .sort(({ name: a }, { name: b }) => (a < b ? -1 : a > b ? 1 : 0))
    .map(field => ({ field, start: `[${JSON.stringify(field.name)},` }));
  const entriesOf = (values: Row['values']): string => {
    let entries = '';
    let count = 0;
    for (const { field, start } of inOrder) {
      const value = values.get(field);
      if (value === undefined) continue;
      entries += `${count++ === 0 ? '' : ','}${start}${textOf(value)}]`;
    }
    if (count !== values.size) throw new Error('a row has a field that its file has not');
    return `[${entries}]`;
  };
  return ({ values, files }) => {
    if (!files) return entriesOf(values);
    // The bytes of a file are part of what its row says, and so is that it is not there.
    const found = [...files.found].map(([column, all]) => [column, all.map(({ checksum }) => checksum)]);
    return `[${entriesOf(values)},${JSON.stringify(found)},${JSON.stringify([...files.missing])}]`;
  };
}

function textOf(value: Value): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}
