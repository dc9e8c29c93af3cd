/** Names of an enumeration with their database numbers; of two names for one number the first is answered. */
export type Enumeration = Readonly<Record<string, number>>;

/** writing.md, section 7.1. `SaintAll` of the specs is a search term, not a state. */
export const saleStatuses: Enumeration = { Unknown: 0, Open: 1, Sold: 2, Lost: 3, Stalled: 4 };

/** `sale.done`: 1 is "no", 2 "yes". The specs: a sale is Started or Completed, NotStarted is taken as Started. */
export const saleCompletion: Enumeration = { Unknown: 0, Started: 1, NotStarted: 1, Completed: 2 };

/** The name of a database number; `Unknown` for one without. */
export function nameOf(enumeration: Enumeration, number: number): string {
  return Object.entries(enumeration).find(([, value]) => value === number)?.[0] ?? 'Unknown';
}
