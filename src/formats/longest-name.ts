/** Characters of a column's name. What is longer is no name but data, and would make every message about it unreadable. */
export const longestName = 500;

/** A name as it stands in a message, whatever its length. */
export function shownName(name: string): string {
  return name.length > longestName ? `${name.slice(0, 60)}…` : name;
}
