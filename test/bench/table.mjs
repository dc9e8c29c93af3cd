import { goalText, valueText, verdictOf } from './goals.mjs';

const marks = { met: 'met', near: 'near', missed: 'MISSED' };

/** One line of the table for a terminal. */
export function lineText(row) {
  const { part, what, rows, detail = '', skipped } = row;
  const cells = [
    part.padEnd(11),
    (rows === null ? '' : rows.toLocaleString('en-US')).padStart(9),
    what.padEnd(46),
    (skipped ? 'skipped' : valueText(row)).padStart(20),
    spreadText(row).padEnd(17),
    goalText(row).padEnd(24),
    (marks[verdictOf(row)] ?? '').padEnd(6),
    skipped ?? detail,
  ];
  return cells.join('  ').trimEnd();
}

function spreadText({ low, high }) {
  if (low === undefined) return '';
  const short = number => Number(number.toPrecision(3)).toString();
  return `(${short(low)} to ${short(high)})`;
}

/** What a bench failed to keep, in words; empty when all is well. */
export function shortfalls({ rows, failed }) {
  const missed = rows
    .filter(row => verdictOf(row) === 'missed')
    .map(
      row =>
        `${[row.part, row.rows?.toLocaleString('en-US'), row.what].filter(Boolean).join(', ')}: ` +
        `${valueText(row)}, goal ${goalText(row)}`,
    );
  return [...missed, ...failed.map(({ part, error }) => `${part} was not measured: ${error.split('\n')[0]}`)];
}
