/** `TableRight` of someone who may do everything. */
export const fullRight = { Mask: 'Select, Update, Insert, Delete', Reason: '' } as const;
