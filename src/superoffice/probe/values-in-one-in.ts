import { company } from '../../datatypes/company.ts';
import { isOneOf, isOneOfNumbers } from '../filter.ts';
import type { Bench } from './bench.ts';
import type { Experiment } from './experiment.ts';
import { isText } from './fields.ts';

/** As many as sic asks for at once when nothing is known (reading.md, section 8). */
const most = 100;

/** Ids that no installation has reached. */
const noRecord = 2_147_000_000;

/**
 * Lists of texts on a user-defined column (on the name where there is none) and lists of ids: the record stands last in
 * each, so that a list that is cut off in silence counts as refused. Halved until both are taken.
 */
export const experiment: Experiment = async bench => {
  const field = [...(await bench.superoffice.udefs('Contact')).values()].find(isText);
  const value = bench.mark.slice(0, 30);
  const { id } = await bench.make('Contact', {
    Name: bench.mark,
    ...(field ? { CustomFields: { [field.progId]: value } } : {}),
  });
  const column = field ? `${company.archive.customPrefix}${field.progId}` : 'name';
  const texts = (count: number): string =>
    isOneOf(column, [...numbers(count - 1).map(n => `${value} ${n}`), field ? value : bench.mark]);
  const ids = (count: number): string =>
    isOneOfNumbers(company.archive.idColumn, [...numbers(count - 1).map(n => noRecord + n), id]);
  for (let count = most; count >= 1; count = Math.floor(count / 2)) {
    const isTaken = (await finds(bench, texts(count), id)) && (await finds(bench, ids(count), id));
    if (isTaken)
      return {
        answer: String(count),
        evidence: `${column} and ${company.archive.idColumn} were found in lists of ${count} values${count === most ? '; more were not tried' : ', not in lists of twice as many'}.`,
      };
  }
  return { answer: null, evidence: `Not even a list of one value on ${column} found the record.` };
};

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

async function finds(bench: Bench, filter: string, id: number): Promise<boolean> {
  const { provider, entities, idColumn } = company.archive;
  let found = false;
  const refusal = await bench.refused(async () => {
    const query = {
      fresh: true,
      provider,
      entities,
      columns: [idColumn],
      filter,
      orderBy: idColumn,
    } as const;
    found = (await bench.superoffice.archive(query)).some(row => row.primaryKey === id);
  });
  return refusal === null && found;
}
