/** `sale.status` (writing.md, section 7.1); the place is the database number. */
export const saleStatuses = ['Unknown', 'Open', 'Sold', 'Lost', 'Stalled', 'SaintAll'] as const;

/** `Completed` of a sale as its number in `sale.done` is read: 1 is "no" (writing.md, section 7.1). */
export const saleCompletion = ['Unknown', 'Started', 'Completed'] as const;

/** Name of a number; numbers without one are the first, `Unknown`. */
export function nameOf<Name extends string>(names: readonly [Name, ...Name[]], number: number): Name {
  return names[number] ?? names[0];
}
