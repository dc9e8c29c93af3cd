import type { BeforeImage } from '../../state/before-images.ts';
import type { Fate, Fates } from '../../state/fates.ts';

/** One write that is to be taken back. */
export interface Written {
  readonly image: BeforeImage;
  readonly fate: Fate;
  /** null: the run never learned it. */
  readonly id: number | null;
}

/** Ids of a batch go into one `in (…)` (reading.md, section 8). */
const mostInBatch = 100;

/**
 * Writes of one datatype at a time, each record once: what was written last goes back first, and so children are gone
 * before their parents.
 */
export async function* inBatches(
  images: AsyncIterable<BeforeImage>,
  fates: Fates,
): AsyncGenerator<readonly Written[], void, void> {
  let batch: Written[] = [];
  const there = new Set<string>();
  for await (const image of images) {
    const fate = fates.of(image.n);
    const written = { image, fate, id: image.id ?? fate.id };
    const record = `${written.id ?? image.key}`;
    const isFull = batch.length === mostInBatch || there.has(record);
    if (isFull || batch[0]?.image.datatype !== image.datatype) {
      if (batch.length > 0) yield batch;
      batch = [];
      there.clear();
    }
    batch.push(written);
    there.add(record);
  }
  if (batch.length > 0) yield batch;
}
