import type { Change, RowResult, RunResult, Status } from '../../import/result.ts';
import type { Problem } from '../../problems/problem.ts';
import { baseName } from '../words.ts';
import { html, value } from './text.ts';

/** Rows of each kind that the page shows; the others are only counted. */
export const mostRows = 500;
/** Fields of a row that it shows. */
const mostFields = 40;

export interface ShownRows {
  readonly refused: readonly RowResult[];
  readonly changed: readonly RowResult[];
}

/** Reads the rows once, and keeps no more than the page can show. */
export async function rowsToShow(result: RunResult): Promise<ShownRows> {
  const refused: RowResult[] = [];
  const changed: RowResult[] = [];
  for await (const row of result.keptRows()) {
    if (row.problems.length > 0) {
      if (refused.length < mostRows) refused.push(row);
    } else if ((row.status === 'created' || row.status === 'updated') && changed.length < mostRows)
      changed.push(row);
    if (refused.length === mostRows && changed.length === mostRows) break;
  }
  return { refused, changed };
}

const words: Readonly<Record<Status, string>> = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  current: 'right',
  rejected: 'rejected',
  conflict: 'in conflict',
  failed: 'refused',
  unknown: 'no answer',
  notReached: 'not reached',
};

/** What is wrong with each row, and what to do. */
export function refusedTable(rows: readonly RowResult[], severalFiles: boolean): string {
  return table(
    ['', 'Where', 'Key', 'What is wrong'],
    rows.map(row => [...lead(row, severalFiles), row.problems.map(problemCell).join('')]),
  );
}

function problemCell({ field, value: cell, code, message, tip }: Problem): string {
  const where = field === null ? '' : `<b>${html(field)}</b> `;
  const shown = cell === null || cell === '' || message.includes(cell) ? '' : `${value(cell)} `;
  const advice = tip === '' ? '' : `<br><span class="tip">→ ${html(tip)}</span>`;
  return `<div>${where}${shown}${html(message === '' ? code : message)}${advice}</div>`;
}

/** Field by field what was there and what is there now. */
export function changedTable(rows: readonly RowResult[], severalFiles: boolean): string {
  return table(
    ['', 'Where', 'Key', 'Old → new'],
    rows.map(row => [...lead(row, severalFiles), changesCell(row)]),
  );
}

function changesCell({ changes, status }: RowResult): string {
  const shown = changes.slice(0, mostFields).map(change => changeLine(change, status));
  const more = changes.length - shown.length;
  return shown.join('') + (more > 0 ? `<div class="dim">and ${more} more fields</div>` : '');
}

/** A new record has nothing but new values: they stand in one paragraph. */
function changeLine({ field, from, to }: Change, status: Status): string {
  const name = `<b>${html(field)}</b>`;
  return status === 'created'
    ? `<span class="field">${name} ${value(to)}</span> `
    : `<div>${name} ${value(from)} → ${value(to)}</div>`;
}

function lead({ status, file, place, key }: RowResult, severalFiles: boolean): string[] {
  const where = severalFiles ? `${html(baseName(file))}<br>${html(place)}` : html(place);
  return [`<span class="mark ${status}">${words[status]}</span>`, where, html(key)];
}

/** By column. */
const classes: readonly string[] = ['', ' class="place"', ' class="key"'];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: 'th' | 'td') =>
    row.map((cell, column) => `<${tag}${classes[column] ?? ''}>${cell}</${tag}>`).join('');
  const body = rows.map(row => `<tr>${cells(row, 'td')}</tr>\n`).join('');
  return `<div class="scroll"><table>\n<thead><tr>${cells(head, 'th')}</tr></thead>\n<tbody>\n${body}</tbody></table></div>\n`;
}
