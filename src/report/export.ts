import type { ExplainedCriterion, Explanation, ExportResult } from '../export/result.ts';
import { count, duration } from './words.ts';

/** `TestData: 12 rows in 0.4 s, 5 requests → companies.csv`. @param out the file; null: standard output */
export function exportSummary(result: ExportResult, out: string | null): string {
  const { search, rows, files, servedAgeMs, since, durationMs, requests } = result;
  const parts = [
    `${count(rows, 'row')}${since === null ? '' : ` changed since ${minute(since)}`} in ${duration(durationMs)}`,
    ...(files > 0 ? [count(files, 'file')] : []),
    servedAgeMs === null
      ? count(requests.total, 'request')
      : `from the cache, ${age(servedAgeMs)} old (--refresh asks SuperOffice)`,
  ];
  return `${search}: ${parts.join(', ')}${out === null ? '' : ` → ${out}`}`;
}

function age(milliseconds: number): string {
  return milliseconds < 1000 ? 'less than a second' : duration(milliseconds);
}

/** `2026-11-22 02:00 UTC` */
function minute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

export function explanationJson(explanation: Explanation): string {
  return `${JSON.stringify({ kind: 'sic.explain', formatVersion: 1, ...explanation }, null, 2)}\n`;
}

/** Criterion by criterion who decides it, and what is asked. */
export function explanationText(explanation: Explanation): string {
  const { search, row, columns, criteria, archive, besides, since, order } = explanation;
  const lines = [
    search === row ? row : `${search} (${row})`,
    `  columns     ${columns.join(', ')}`,
    ...criteria.flatMap(criterionLines),
    `  asked       ${archive.provider}, ${count(archive.columns.length, 'column')}, 1,000 rows at a time`,
    `              ${archive.filter}`,
    ...(besides.length > 0 ? [`  and besides ${besides.join(', ')}`] : []),
    ...(since === null ? [] : sinceLines(since)),
    `  order       ${order.length === 0 ? 'as the records were made' : order.join(', ')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function sinceLines({ changed, from }: NonNullable<Explanation['since']>): string[] {
  const when = from === 'last' ? 'the last complete export with --since last' : minute(from);
  return [
    `  since       ${when}: first asked is ${changed.join(' and ')} of every row made or changed around then or later,`,
    '              as UTC, and then the rows that it is said of',
  ];
}

function criterionLines({ criterion, superoffice, lookedUp, here, why }: ExplainedCriterion): string[] {
  return [
    `  criterion   ${criterion}`,
    ...(lookedUp === null
      ? []
      : [`    first       ${lookedUp.asked} → ${count(lookedUp.records, 'record')}`]),
    ...(superoffice === null ? [] : [`    SuperOffice ${superoffice}`]),
    ...(here ? [`    here        ${why ?? 'every row is looked at'}`] : []),
  ];
}
