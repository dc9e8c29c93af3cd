/** The JSON pointer (RFC 6901) of a record: `/Company/11`, or `/11` in a bare list. `index` counts from 0. */
export function pointer(property: string | null, index: number): string {
  if (property === null) return `/${index}`;
  return `/${property.replaceAll('~', '~0').replaceAll('/', '~1')}/${index}`;
}
