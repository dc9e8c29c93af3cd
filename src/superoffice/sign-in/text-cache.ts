import { SicError } from '../../problems/sic-error.ts';

/**
 * Texts by name that outlive a run, in files that only their owner may read: the ticket and the state of a tenant.
 * Whoever reads must put up with a text that is gone, old or damaged.
 */
export interface TextCache {
  /** null: there is none. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What sign-ins keep. */
export const cacheNames = { ticket: 'ticket.json', tenantState: 'tenant-state.json' } as const;

/** Removes all of it, so that the next run signs in anew. Throws what the cache throws. */
export async function forgetSignIn(cache: TextCache): Promise<void> {
  for (const name of Object.values(cacheNames)) await cache.remove(name);
}

/** The object in a cached text, or null when there is none or it is damaged. */
export async function readCached(
  cache: TextCache,
  name: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await cache.read(name);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** The same cache, but one that cannot be written or read only costs a note: everything in it can be had again. */
export function forgiving(cache: TextCache, note: (text: string) => void): TextCache {
  const orNote = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof SicError)) throw error;
      note(`The next run has to sign in anew: ${error.message}`);
      return otherwise;
    }
  };
  return {
    read: name => orNote(cache.read(name), null),
    write: (name, text) => orNote(cache.write(name, text), undefined),
    remove: name => orNote(cache.remove(name), undefined),
  };
}
