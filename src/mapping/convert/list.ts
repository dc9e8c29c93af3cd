/**
 * The names in a cell of a multi-value column: parted by `|` (or another sign), trimmed, empty ones and repetitions dropped. Letter case
 * stays, since lists are matched with it.
 */
export function toNames(cell: string, separator = '|'): readonly string[] {
  // JSON lists arrive joined with a bar, whatever the column's own sign is.
  const names = cell.split(separator === '|' ? separator : /[,|]/).map(name => name.trim());
  return [...new Set(names)].filter(name => name !== '');
}
