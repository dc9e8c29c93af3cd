import type { Change, RowResult, Status } from '../import/result.ts';
import { problemLines, rowName } from './problem-lines.ts';
import type { Style } from './style.ts';
import { cut, oneLine, quote, wrap } from './words.ts';

const marks: Readonly<Record<Status, string>> = {
  created: '+',
  updated: '~',
  unchanged: '=',
  current: '=',
  rejected: '!',
  conflict: '?',
  failed: '!',
  unknown: '?',
  notReached: ' ',
};

/** What would become of one row: a line with a mark, and below it old → new per field, or what is wrong. */
export function planLines(row: RowResult, width: number, style: Style): string[] {
  const head = `${marks[row.status]} ${rowName(row)}`;
  const lines = [paint(row.status, style)(head)];
  if (row.status === 'created') {
    const fields = row.changes.map(change => `${change.field} ${quote(change.to ?? '', 40)}`).join(', ');
    if (fields !== '') lines[0] += cut(`  ${fields}`, Math.max(20, width - head.length));
  } else lines.push(...row.changes.map(change => changeLine(change, width)));
  for (const problem of row.problems) lines.push(...problemLines(problem, '    ', width, style));
  for (const warning of row.warnings)
    lines.push(
      ...wrap(`    note: ${oneLine(warning.message)}`, width, '      ').map(line => style.warn(line)),
    );
  return lines;
}

/** `    Name: "Old" → "New"`, both sides cut so that the line fits; a short side leaves its room to the other one. */
export function changeLine(change: Change, width: number): string {
  const start = `    ${change.field}: `;
  const room = width - start.length - ' → '.length;
  const half = Math.max(12, Math.floor(room / 2));
  const from = side(change.from, Math.max(half, room - side(change.to, room).length));
  return `${start}${from} → ${side(change.to, Math.max(half, room - from.length))}`;
}

/** At most `longest` characters, quotes included. */
function side(value: string | null, longest: number): string {
  return value === null || value === '' ? '(empty)' : quote(value, longest - 2);
}

function paint(status: Status, style: Style): (text: string) => string {
  if (status === 'created' || status === 'updated') return style.good;
  if (status === 'unchanged' || status === 'current') return style.dim;
  return status === 'conflict' || status === 'unknown' ? style.warn : style.bad;
}
