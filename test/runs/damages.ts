import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';

/** What happens to a file on a disk, or by the hand of somebody. */
export interface Damage {
  readonly name: string;
  do(path: string): Promise<void>;
}

const edit = (name: string, change: (bytes: Buffer) => string | Buffer): Damage => ({
  name,
  do: async path => writeFile(path, change(await readFile(path))),
});

export const emptied = edit('emptied', () => '');
export const ofZeros = edit('of zeros, as after a power cut', bytes => Buffer.alloc(bytes.length));
export const binary = edit('overwritten', () => Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x0a, 0x7b]));

export const folderInPlace: Damage = {
  name: 'a folder in its place',
  do: async path => {
    await rm(path);
    await mkdir(path);
  },
};

/** Begins with what a later version may call itself: in binary files the third word, in others the first formatVersion. */
export const newer = edit('of a newer version', bytes => {
  const text = bytes.toString('latin1');
  if (text.startsWith('SIC')) {
    const copy = Buffer.from(bytes);
    copy.writeUInt32LE(9, 8);
    return copy;
  }
  if (text.includes('"formatVersion"'))
    return Buffer.from(text.replace(/("formatVersion": ?)1/, '$19'), 'latin1');
  return '{"formatVersion":9,"new":{"a":[]}}\n';
});

/** @param at 0 to 1: where in the file */
export function cutAt(at: number): Damage {
  return edit(`cut at ${at}`, bytes => bytes.subarray(0, Math.floor(bytes.length * at)));
}

export function flippedAt(at: number, bit: number): Damage {
  return edit(`bit ${bit} flipped at ${at}`, bytes => {
    const copy = Buffer.from(bytes);
    const index = Math.min(bytes.length - 1, Math.floor(bytes.length * at));
    if (index >= 0) copy[index] = (copy[index] ?? 0) ^ (1 << bit);
    return copy;
  });
}
