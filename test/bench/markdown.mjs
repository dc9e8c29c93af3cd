import { goalText, valueText, verdictOf } from './goals.mjs';

/** Two tables for a README: what depends on the number of rows, with a column for each, and what does not. */
export function markdownTables({ rows: all }) {
  const measured = all.filter(({ value }) => value !== null);
  const sized = measured.filter(({ rows }) => rows !== null);
  const sizes = [...new Set(sized.map(({ rows }) => rows))].sort((a, b) => a - b);
  const headings = sizes.map(rows => `${rows.toLocaleString('en-US')} rows`);
  const bySize = grouped(sized).map(group => {
    const cells = sizes.map(size => cellText(group.find(({ rows }) => rows === size)));
    return [nameOf(group[0]), ...cells, goalText(group.find(({ goal }) => goal !== null) ?? group[0])];
  });
  const others = measured
    .filter(({ rows }) => rows === null)
    .map(row => [nameOf(row), cellText(row), goalText(row)]);
  return [table(['', ...headings, 'goal'], bySize), table(['', 'measured', 'goal'], others)]
    .filter(text => text !== null)
    .join('\n\n');
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return [...groups.values()];
}

function nameOf({ part, what }) {
  return `${part}: ${what}`;
}

function cellText(row) {
  if (row === undefined) return '';
  return verdictOf(row) === 'missed' ? `**${valueText(row)}**` : valueText(row);
}

function table(head, lines) {
  if (lines.length === 0) return null;
  const line = cells => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...lines.map(line)].join('\n');
}
