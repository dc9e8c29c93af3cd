/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 up to 1, without it. */
  next(): number;
  /** A whole number from 0 up to `count`, without it. */
  below(count: number): number;
  /** True so often: 0 never, 1 always. */
  chance(probability: number): boolean;
  /** One of them; throws when there are none. */
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32: small, and good enough to choose faults with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    chance: probability => next() < probability,
    pick: from => {
      const one = from[below(from.length)];
      if (one === undefined) throw new Error('there is nothing to pick from');
      return one;
    },
  };
}

/** FNV-1a: a seed out of a text. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
