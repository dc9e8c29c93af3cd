/** Rows of cells as columns of equal width for a terminal, with a rule below the header. The last column is not padded. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map(row => (row[column] ?? '').length)),
  );
  const rule = widths.map(width => '-'.repeat(width));
  const last = header.length - 1;
  return [header, rule, ...rows]
    .map(row =>
      row.map((cell, column) => (column === last ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
    )
    .map(line => `${line.trimEnd()}\n`)
    .join('');
}

/** Comma-separated lines (RFC 4180, LF) for a spreadsheet. */
export function csvTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map(row => `${row.map(csvCell).join(',')}\n`).join('');
}

function csvCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A Markdown table. `|` and `<` are escaped, so that cells stay cells and placeholders stay visible. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(' | ')} |\n`;
  return `${line(header)}|${' --- |'.repeat(header.length)}\n${rows.map(line).join('')}`;
}

function markdownCell(cell: string): string {
  return cell.replace(/[|<>*_[\]\\]/g, String.raw`\$&`);
}
