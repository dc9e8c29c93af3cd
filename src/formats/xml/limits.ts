/** Levels of elements inside a row. Data has one; what goes deeper than this is no data. */
export const depthLimit = 64;

/** Bytes of a row, and of a comment between rows. */
export const longestRecord = 16 << 20;
