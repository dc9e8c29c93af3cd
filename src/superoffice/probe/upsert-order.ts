import { isObject, numberOf } from '../json.ts';
import type { Bench } from './bench.ts';
import { type Experiment, yesNo } from './experiment.ts';

const path = '/v1/Agents/DatabaseTable/Upsert';

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
  let answer: unknown;
  const refusal = await bench.refused(async () => {
    answer = await bench.send({
      kind: 'repeatable',
      method: 'POST',
      path,
      json: {
        TableName: 'contact',
        Columns: ['contact_id', 'name', ...Object.keys(needed)],
        Keys: ['contact_id'],
        Data: data.map(({ cells }) => cells),
        NomatchAction: 'NoChange',
        ReturnRowStatus: true,
      },
    });
  });
  if (refusal !== null) return { answer: 'not-available', evidence: refusal.message };
  const status = isObject(answer) && Array.isArray(answer.RowStatus) ? answer.RowStatus.filter(isObject) : [];
  const told = status.map(each => numberOf(each, 'PrimaryKey'));
  const sent = data.map(({ id }) => id);
  return yesNo(
    told.join() === sent.join(),
    `Rows ${sent.join(', ')} were told as ${told.join(', ') || 'nothing'}.`,
  );
};

async function row(bench: Bench): Promise<{ readonly id: number; readonly cells: readonly string[] }> {
  const { id, record } = await bench.make('Contact', { Name: bench.mark });
  const ids = Object.values(needed).map(([property, idProperty]) => {
    const carrier = record[property];
    return `[I:${isObject(carrier) ? numberOf(carrier, idProperty) : 0}]`;
  });
  return { id, cells: [`[I:${id}]`, `${bench.mark} upserted`, ...ids] };
}
