import { refusesMassOperations, upsertRows } from '../database-table.ts';
import type { Experiment } from './experiment.ts';
import { ownCompanies, row } from './upsert-order.ts';

/** A company of its own is renamed. */
export const experiment: Experiment = async bench => {
  const own = await row(bench);
  const refusal = await bench.refused(async () => {
    await upsertRows(bench.http, ownCompanies([own]));
  });
  if (refusal === null) return { answer: 'granted', evidence: `Company ${own.id} was renamed.` };
  return { answer: refusesMassOperations(refusal) ? 'refused' : null, evidence: refusal.message };
};
