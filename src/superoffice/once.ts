/**
 * Remembers what was read per key, for the length of a connection. Two who ask at the same time share one request; a
 * failure is not remembered, so the next one who asks tries again.
 */
export function readOncePerKey<T, Key extends string | number = string>(
  read: (key: Key) => Promise<T>,
): (key: Key) => Promise<T> {
  const known = new Map<Key, Promise<T>>();
  return key => {
    const before = known.get(key);
    if (before) return before;
    const reading = read(key);
    known.set(key, reading);
    reading.catch(() => known.delete(key));
    return reading;
  };
}

/** The same for what there is only one of. */
export function readOnce<T>(read: () => Promise<T>): () => Promise<T> {
  const perKey = readOncePerKey(read);
  return () => perKey('');
}
