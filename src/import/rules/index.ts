import type { DatatypeName } from '../../datatypes/datatype.ts';
import { appointmentTimes } from './appointment-times.ts';
import { documentFile } from './document-file.ts';
import { messageParts } from './message-parts.ts';
import type { Candidate, Rule, Verdict } from './rule.ts';
import { saleEarning } from './sale-earning.ts';
import { saleStage } from './sale-stage.ts';

/** What each datatype asks of its rows besides what the catalogue says. */
const rules: Readonly<Partial<Record<DatatypeName, readonly Rule[]>>> = {
  Sale: [saleEarning, saleStage],
  Appointment: [appointmentTimes],
  Document: [documentFile],
  Message: [messageParts],
};

export function rulesOf(datatype: DatatypeName): readonly Rule[] {
  return rules[datatype] ?? [];
}

/** Lets every rule of the datatype have its say, each over what the one before made of the row. */
export async function settleByRules(candidate: Candidate): Promise<Required<Verdict>> {
  let current = candidate;
  const told: Required<Verdict> = { wanted: candidate.wanted, problems: [], warnings: [], steps: [] };
  for (const { settle } of rulesOf(candidate.datatype.name)) {
    if (!settle) continue;
    const { wanted = current.wanted, problems = [], warnings = [], steps = [] } = await settle(current);
    current = { ...current, wanted };
    Object.assign(told, {
      wanted,
      problems: [...told.problems, ...problems],
      warnings: [...told.warnings, ...warnings],
      steps: [...told.steps, ...steps],
    });
  }
  return told;
}
