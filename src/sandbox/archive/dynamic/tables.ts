import type { Database } from '../../store/context.ts';
import { Table } from '../../store/table.ts';
import { badRequest } from '../refusal.ts';

/** A stored table, or `sequence`: a row per table with the id its next row gets. Throws 400. */
export function dynamicTable(database: Database, name: string): Table {
  const stored = database.tables.get(name);
  if (stored) return stored;
  if (name !== 'sequence') throw badRequest(`The dynamic provider knows no table '${name}'.`);
  const sequence = new Table('sequence', 'sequence_id');
  for (const { name: tablename, nextId } of database.tables.values())
    sequence.insert({ tablename, next_id: nextId });
  return sequence;
}
