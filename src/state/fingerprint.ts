import type { XXHash, XXHashAPI } from 'xxhash-wasm';
import type { Hash64 } from './accepted.ts';

/** XXH64: fast, not secret, 64 bits. The chance that two of a million records collide is 3 in 10⁸. */
export interface Fingerprints {
  raw(bytes: Uint8Array, seed: Hash64): Hash64;
  /** The same, its halves written into lists: of millions of records none leaves an object behind. */
  rawInto(bytes: Uint8Array, seed: Hash64, lo: Uint32Array, hi: Uint32Array, at: number): void;
  text(text: string, seed?: Hash64): Hash64;
  checksum(): Checksum;
}

/** Is fed piece by piece, so that a big file need not be copied into WebAssembly memory as a whole. */
export interface Checksum {
  add(bytes: Uint8Array): void;
  end(): Hash64;
}

let loading: Promise<XXHashAPI> | null = null;

function xxhash(): Promise<XXHashAPI> {
  loading ??= import('xxhash-wasm').then(module => module.default());
  return loading;
}

export async function loadFingerprints(): Promise<Fingerprints> {
  const { h64, h64Raw, create64 } = await xxhash();
  const seeds = new SeedCache();
  return {
    raw: (bytes, seed) => halves(h64Raw(bytes, seeds.of(seed))),
    rawInto: (bytes, seed, lo, hi, at) => {
      whole[0] = h64Raw(bytes, seeds.of(seed));
      lo[at] = parts[0] ?? 0;
      hi[at] = parts[1] ?? 0;
    },
    text: (text, seed) => halves(h64(text, seed === undefined ? 0n : seeds.of(seed))),
    checksum: () => checksumWith(create64()),
  };
}

export async function startChecksum(): Promise<Checksum> {
  return checksumWith((await xxhash()).create64());
}

function checksumWith(state: XXHash<bigint>): Checksum {
  return {
    add: bytes => {
      for (let at = 0; at < bytes.length; at += 1 << 20) state.update(bytes.subarray(at, at + (1 << 20)));
    },
    end: () => halves(state.digest()),
  };
}

const whole = new BigUint64Array(1);
const parts = new Uint32Array(whole.buffer);

function halves(hash: bigint): Hash64 {
  whole[0] = hash;
  return { lo: parts[0] ?? 0, hi: parts[1] ?? 0 };
}

/** A run uses one seed for millions of records: its bigint is made once. */
class SeedCache {
  #seed: Hash64 = { lo: 0, hi: 0 };
  #value = 0n;

  of(seed: Hash64): bigint {
    if (seed.lo !== this.#seed.lo || seed.hi !== this.#seed.hi) {
      this.#seed = { lo: seed.lo, hi: seed.hi };
      this.#value = (BigInt(seed.hi) << 32n) | BigInt(seed.lo);
    }
    return this.#value;
  }
}

/** Tells one content from another: XXH64 in hexadecimal, of bytes that come piece by piece. */
export async function checksumOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const checksum = await startChecksum();
  for await (const piece of pieces) checksum.add(piece);
  return hexOf(checksum.end());
}

const bytes = Buffer.alloc(8);

/** 16 hexadecimal digits. */
export function hexOf({ lo, hi }: Hash64): string {
  bytes.writeUInt32BE(hi, 0);
  bytes.writeUInt32BE(lo, 4);
  return bytes.toString('hex');
}
