import type { Problem } from '../problems/problem.ts';
import { type Check, checksOf } from './check.ts';
import type { FileSurvey, Sighting } from './survey.ts';
import { count } from './words.ts';

const { ok, advice, missing } = checksOf('files');

type Fault = Sighting & { readonly problem: Problem };

/** What is to be said about a file apart from its more-page columns and what it refers to. */
export function fileChecks({ input, rows, wholeRow, fields }: FileSurvey): Check[] {
  const { label, datatype, records, plan } = input;
  const standard = [...fields.values()].filter(({ field }) => field.slot.at !== 'custom');
  const faults: Fault[] = [...wholeRow.values(), ...standard.flatMap(each => [...each.faults.values()])];
  const held = `${count(rows, 'row')} of ${datatype.name}`;
  const checks: Check[] = [];
  if (rows === 0) checks.push(advice(label, 'It has no rows.', 'Look whether the export went well.'));
  else if (faults.length === 0) checks.push(ok(label, `${held}.`));
  else checks.push(missing(label, `${held}. ${faultWords(faults)}`, howToSee(label)));
  for (const text of records.warnings ?? [])
    checks.push(advice(label, text, 'Look at the file before it is imported.'));
  for (const { message, tip } of plan.warnings) checks.push(advice(label, message, tip));
  return checks;
}

/** How much cannot be taken, and the first of the most frequent kind. */
export function faultWords(faults: readonly Fault[]): string {
  const all = faults.reduce((sum, fault) => sum + fault.count, 0);
  const [most] = [...faults].sort((a, b) => b.count - a.count);
  if (!most) return '';
  const { problem, first } = most;
  const column = problem.field === null ? '' : `, ${problem.field}`;
  if (all === 1) return `One fault, at ${first}${column}: ${problem.message}`;
  const which =
    most.count === 1 ? 'one of them' : `${most.count.toLocaleString('en-US')} of them like the one`;
  return `${count(all, 'fault')}, ${which} at ${first}${column}: ${problem.message}`;
}

export function howToSee(label: string): string {
  return `sic validate "${label}" --offline lists them with tips. An import sets such rows aside.`;
}
