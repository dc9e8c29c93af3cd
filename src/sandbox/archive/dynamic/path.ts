import { badRequest } from '../refusal.ts';

/** One step from a table to the next (reading.md, section 10.3). */
export interface Join {
  readonly kind: 'outer' | 'inner' | 'right';
  /** The foreign key: on the left table for outer and inner, on the right table for right. */
  readonly column: string;
  /** Target where it is written: `(table->fk)` or `field[table]`; '' = by the foreign key's definition. */
  readonly table: string;
}

export interface DynamicPath {
  readonly table: string;
  readonly joins: readonly Join[];
  readonly field: string;
}

const step = /([.:])(?:\((\w+)->(\w+)\)|(\w+)(?:\[(\w+)\])?)/y;

/** Reads `contact.(contactinterest->contact_id).cinterest_idx`. Names are folded to lower case. Throws 400. */
export function parsePath(text: string): DynamicPath {
  const refuse = (): Error =>
    badRequest(`'${text}' is no column of the dynamic provider: table.field was expected.`);
  const table = /^\w+/.exec(text)?.[0];
  if (table === undefined) throw refuse();
  const joins: Join[] = [];
  let position = table.length;
  while (position < text.length) {
    step.lastIndex = position;
    const match = step.exec(text);
    if (!match) throw refuse();
    position += match[0].length;
    const [, separator, rightTable, rightKey, key = '', target = ''] = match;
    if (rightTable !== undefined)
      joins.push({ kind: 'right', column: (rightKey ?? '').toLowerCase(), table: rightTable.toLowerCase() });
    else
      joins.push({
        kind: separator === ':' ? 'inner' : 'outer',
        column: key.toLowerCase(),
        table: target.toLowerCase(),
      });
  }
  const last = joins.pop();
  if (last === undefined || last.kind === 'right' || last.table !== '') throw refuse();
  return { table: table.toLowerCase(), joins, field: last.column };
}
