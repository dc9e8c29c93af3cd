/**
 * Creates of an earlier run that were announced and never settled. Only those matter whose key is kept beside the record:
 * the record may be there without it.
 */
export interface Doubts {
  /** What is known of a create in doubt: the id of the record, where it got as far. undefined: there is no doubt. */
  of(datatype: string, key: string): { readonly made: number | null } | undefined;
  settle(datatype: string, key: string): void;
  /** Journal entries that announce them again, so that the next run still knows of them if this one is killed. */
  entries(): object[];
  /** True while a create is in doubt, from before or from this run: then the journal must not be forgotten. */
  readonly any: boolean;
}

/** @param writes creates that were announced and have no outcome */
export function doubtsFrom(
  writes: Iterable<{ readonly datatype: string; readonly key: string; readonly made: number | null }>,
): Doubts {
  const open = new Map<string, { made: number | null }>();
  for (const { datatype, key, made } of writes) {
    const place = `${datatype}\n${key}`;
    // Announced more than once: what one of them knows, the others do not take back.
    open.set(place, { made: made ?? open.get(place)?.made ?? null });
  }
  return {
    of: (datatype, key) => open.get(`${datatype}\n${key}`),
    settle: (datatype, key) => {
      open.delete(`${datatype}\n${key}`);
    },
    entries: () =>
      [...open].flatMap(([place, { made }], index) => {
        const [datatype, key] = place.split('\n');
        const n = -1 - index;
        return [{ n, intent: { datatype, key, todo: 'create' } }, ...(made === null ? [] : [{ n, made }])];
      }),
    get any() {
      return open.size > 0;
    },
  };
}
