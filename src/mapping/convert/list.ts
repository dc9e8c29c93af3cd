/**
 * The names in a cell of a multi-value column: parted by `|`, trimmed, empty ones and repetitions dropped. Letter case
 * stays, since lists are matched with it.
 */
export function toNames(cell: string): readonly string[] {
  const names = cell.split('|').map(name => name.trim());
  return [...new Set(names)].filter(name => name !== '');
}
