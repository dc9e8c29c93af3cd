import { createMapper } from '../mapping/map-row.ts';
import type { Delta } from './delta.ts';
import type { Input } from './inputs.ts';
import type { SeenKeys } from './seen-keys.ts';

/** How many records are parsed at a time. */
const atATime = 500;

/** Reads the file once for its keys, and marks the last row of each as the one that stands (`duplicates: last`). */
export async function findLastRows(input: Input, file: number, delta: Delta, seen: SeenKeys): Promise<void> {
  const toRow = createMapper(input.plan);
  let held: { raw: Buffer; ordinal: number }[] = [];
  const note = (): void => {
    const parsed = input.records.parse(held.map(({ raw }) => raw));
    for (const [index, { raw, ordinal }] of held.entries()) {
      const record = parsed[index];
      const row = record?.ok ? toRow(record.cells) : null;
      if (!row || row.key === '') continue;
      const key = delta.key(row.key);
      if (seen.get(key)) seen.move(key, file, ordinal, delta.raw(raw));
      else seen.add(key, file, ordinal, delta.raw(raw), delta.indexOf(key, 0));
    }
    held = [];
  };
  for await (const batch of input.records.batches())
    for (let i = 0; i < batch.count; i++) {
      held.push({
        raw: Buffer.from(batch.bytes.subarray(batch.start[i], batch.end[i])),
        ordinal: batch.ordinal[i] ?? 0,
      });
      if (held.length >= atATime) note();
    }
  note();
}
