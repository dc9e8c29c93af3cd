import { datatypes } from '../datatypes/index.ts';
import type { BlockPorts, KnownBlock } from '../formats/blocks/block.ts';
import { readAcceptedBlocks } from '../state/accepted.ts';
import { hexOf, loadFingerprints } from '../state/fingerprint.ts';

/**
 * The blocks of all files that were imported before. They only spare a file of the same bytes the reading: whether what is
 * in them is accepted is told later, by who is signed in.
 */
export async function knownBlocks(stateFolder: string): Promise<BlockPorts> {
  const fingerprints = await loadFingerprints();
  const known = new Map<string, KnownBlock[]>();
  for (const { layouts, blocks } of await Promise.all(
    datatypes.map(({ name }) => readAcceptedBlocks(stateFolder, name)),
  )) {
    const groups = layouts.map(({ layout }) => {
      const group = known.get(hexOf(layout)) ?? [];
      known.set(hexOf(layout), group);
      return group;
    });
    for (const { layout, ...block } of blocks)
      groups[layout]?.push({ ...block, columns: layouts[layout]?.columns ?? [] });
  }
  return {
    hasher: layout => {
      const seed = fingerprints.text(layout);
      return bytes => fingerprints.raw(bytes, seed);
    },
    known: layout => known.get(hexOf(fingerprints.text(layout))) ?? [],
  };
}
