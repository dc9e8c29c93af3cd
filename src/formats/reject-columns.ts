/** The columns a reject file has besides the input's own. Mapping ignores them, so a mended reject file imports as it is. */
export const rejectColumns = ['SicCode', 'SicField', 'SicValue', 'SicPlace', 'SicMessage', 'SicTip'] as const;

export function isRejectColumn(name: string): boolean {
  return rejectColumns.some(column => column === name);
}
