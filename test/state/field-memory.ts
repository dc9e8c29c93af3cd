import { onTestFinished } from 'vitest';
import type { Hash64 } from '../../src/state/accepted.ts';
import { FieldMemory } from '../../src/state/fields/memory.ts';

export function keyOf(n: number): Hash64 {
  return { lo: Math.imul(n + 1, 0x9e3779b1) >>> 0, hi: Math.imul(n + 7, 0x85ebca6b) >>> 0 };
}

export const name = { at: 'Name', type: '' };
export const city = { at: 'Postal.City', type: '' };
export const text1 = { at: 'Siteshop:CompUserText01', type: 'ShortText' };

export async function open(folder: string, tenant = 'Cust1'): Promise<FieldMemory> {
  const memory = await FieldMemory.open(folder, 'Company', tenant);
  onTestFinished(() => memory.close());
  await memory.load();
  return memory;
}

export function update(hashes: readonly [number, number][], isNew = false) {
  return { isNew, hashes: new Map(hashes) };
}

export async function known(memory: FieldMemory, n: number): Promise<number[]> {
  const [of] = await memory.read([keyOf(n)]);
  return memory.columns.map((_, column) => of?.(column) ?? 0);
}
