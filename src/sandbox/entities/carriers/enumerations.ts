/** Names of an enumeration with their database numbers; of two names for one number the first is answered. */
export type Enumeration = Readonly<Record<string, number>>;

/** writing.md, section 7.1. `SaintAll` of the specs is a search term, not a state. */
export const saleStatuses: Enumeration = { Unknown: 0, Open: 1, Sold: 2, Lost: 3, Stalled: 4 };

/** `sale.done`: 1 is "no", 2 "yes". The specs: a sale is Started or Completed, NotStarted is taken as Started. */
export const saleCompletion: Enumeration = { Unknown: 0, Started: 1, NotStarted: 1, Completed: 2 };

/** Numbers by the order of the specs; 1 and 2 are documented (writing.md, section 7.1). */
export const appointmentTypes: Enumeration = {
  Unknown: 0,
  inDiary: 1,
  inChecklist: 2,
  Note: 3,
  BookingForDiary: 6,
  BookingForChecklist: 7,
};

/** The types of appointment rows that belong to documents; 4 is documented. */
export const documentTypes: Enumeration = { Document: 4, SavedReport: 5, MergeDraft: 8, MergeFinal: 9 };

/** `appointment.status`. */
export const activityStatuses: Enumeration = { Unknown: 0, NotStarted: 1, Started: 2, Completed: 3 };

/** `appointment.private`: 0 is documented, the others follow the order of the specs. */
export const appointmentPrivacy: Enumeration = { Public: 0, PrivateUser: 1, PrivateGroup: 2 };

/** How a document's archive keeps two writers apart. */
export const lockSemantics: Enumeration = { None: 0, Locking: 1, Versioning: 2 };

/** The name of a database number; `Unknown` for one without. */
export function nameOf(enumeration: Enumeration, number: number): string {
  return Object.entries(enumeration).find(([, value]) => value === number)?.[0] ?? 'Unknown';
}
