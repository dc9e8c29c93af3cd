import { refusesMassOperations, upsertRows } from '../database-table.ts';
import { refusalText } from '../open-points.ts';
import type { Experiment } from './experiment.ts';
import { ownCompanies, row } from './upsert-order.ts';

/** Names of companies hold 219 characters (writing.md, section 7.1). */
const tooLong = 400;

/** A company of its own is given a name that is too long. */
export const experiment: Experiment = async bench => {
  const own = await row(bench, bench.mark.padEnd(tooLong, '.'));
  let told = { isWhole: true, message: '' };
  const refusal = await bench.refused(async () => {
    told = await upsertRows(bench.http, ownCompanies([own]));
  });
  if (refusal !== null && refusesMassOperations(refusal))
    return { answer: null, evidence: `Not tried: ${refusal.message}` };
  if (refusal !== null)
    return { answer: refusalText(refusal.status, refusal.errorType), evidence: refusal.message };
  if (told.isWhole) return { answer: null, evidence: `A name of ${tooLong} characters was taken.` };
  return { answer: 'unsuccessful', evidence: told.message };
};
