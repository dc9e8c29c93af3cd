import { type Counts, type Status, statuses } from '../import/result.ts';
import { number } from './words.ts';

type Labels = Readonly<Record<Status, string>>;

const done: Labels = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged since the last run',
  current: 'already right in SuperOffice',
  rejected: 'rejected',
  conflict: 'left alone: changed in SuperOffice meanwhile',
  failed: 'refused by SuperOffice',
  unknown: 'sent, but no answer came',
  notReached: 'not reached',
};

const planned: Labels = { ...done, created: 'would be created', updated: 'would be updated' };
/** Offline, a row that is well-formed goes no further. */
const checked: Labels = { ...done, notReached: 'without a mistake' };

export type Tense = 'done' | 'planned' | 'checked';

export const labelsOf: Readonly<Record<Tense, Labels>> = { done, planned, checked };

/** Rows read and every counter that is not zero, numbers aligned. */
export function countsBlock(counts: Counts, tense: Tense, indent: string): string[] {
  const labels = labelsOf[tense];
  const lines: [string, string][] = [[number(counts.read), counts.read === 1 ? 'row read' : 'rows read']];
  for (const status of statuses) {
    if (counts[status] > 0) lines.push([number(counts[status]), labels[status]]);
  }
  const widest = Math.max(...lines.map(([digits]) => digits.length));
  return lines.map(([digits, label]) => `${indent}${digits.padStart(widest)}  ${label}`);
}

/** Rows that somebody must look at. */
export function needLook(counts: Counts): number {
  return counts.rejected + counts.conflict + counts.failed + counts.unknown;
}
