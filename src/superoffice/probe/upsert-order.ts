import { type Upsert, upsertRows } from '../database-table.ts';
import { isObject, numberOf } from '../json.ts';
import type { Bench } from './bench.ts';
import { type Experiment, yesNo } from './experiment.ts';

/** Columns of a company that may not be left out, with the properties that hold their ids (writing.md, section 7.1). */
const needed = {
  country_id: ['Country', 'CountryId'],
  business_idx: ['Business', 'Id'],
  category_idx: ['Category', 'Id'],
} as const;

/**
 * Three companies of its own are updated in another order than they were made in. All other rows of the table are left
 * alone: `NomatchAction` must never be anything else than NoChange (writing.md, section 6.2).
 */
export const experiment: Experiment = async bench => {
  const made = [await row(bench), await row(bench), await row(bench)];
  const data = [2, 0, 1].flatMap(index => made[index] ?? []);
  let told: readonly number[] = [];
  const refusal = await bench.refused(async () => {
    const { rows } = await upsertRows(bench.http, ownCompanies(data));
    told = rows.map(({ primaryKey }) => primaryKey);
  });
  if (refusal !== null) return { answer: 'not-available', evidence: refusal.message };
  const sent = data.map(({ id }) => id);
  return yesNo(
    told.join() === sent.join(),
    `Rows ${sent.join(', ')} were told as ${told.join(', ') || 'nothing'}.`,
  );
};

export interface OwnRow {
  readonly id: number;
  readonly cells: readonly string[];
}

/** Names companies of the bench anew. All other rows stay as they are. */
export function ownCompanies(rows: readonly OwnRow[]): Upsert {
  return {
    table: 'contact',
    keys: ['contact_id'],
    columns: ['contact_id', 'name', ...Object.keys(needed)],
    rows: rows.map(({ cells }) => cells),
  };
}

/** A company of the bench, and what renames it. */
export async function row(bench: Bench, name = `${bench.mark} upserted`): Promise<OwnRow> {
  const { id, record } = await bench.make('Contact', { Name: bench.mark });
  const ids = Object.values(needed).map(([property, idProperty]) => {
    const carrier = record[property];
    return `[I:${isObject(carrier) ? numberOf(carrier, idProperty) : 0}]`;
  });
  return { id, cells: [`[I:${id}]`, name, ...ids] };
}
