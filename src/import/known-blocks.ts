import { datatypes } from '../datatypes/index.ts';
import type { BlockPorts, FindKnown, KnownBlock } from '../formats/blocks/block.ts';
import { readAcceptedBlocks } from '../state/accepted.ts';
import { BlockIndex, type KeptBlocks } from '../state/accepted-blocks.ts';
import { type Fingerprints, hexOf, loadFingerprints } from '../state/fingerprint.ts';

/** No array for each record that begins no known block. */
const none: readonly KnownBlock[] = [];

/** So many blocks that begin alike are tried: more would cost more than looking at the records. */
const mostAlike = 8;

/**
 * The blocks of all files that were imported before. They only spare a file of the same bytes the reading: whether what is
 * in them is accepted is told later, by who is signed in.
 */
export async function knownBlocks(stateFolder: string): Promise<BlockPorts> {
  const fingerprints = await loadFingerprints();
  const kept = await Promise.all(datatypes.map(({ name }) => readAcceptedBlocks(stateFolder, name)));
  return {
    hasher: layout => {
      const seed = fingerprints.text(layout);
      return bytes => fingerprints.raw(bytes, seed);
    },
    known: layout => {
      const finders = kept.flatMap(each => findIn(each, layout, fingerprints) ?? []);
      const [only] = finders;
      if (only && finders.length === 1) return only;
      return start => finders.flatMap(find => find(start));
    },
  };
}

/** null: none of the blocks has that layout. */
function findIn(kept: KeptBlocks, layout: string, fingerprints: Fingerprints): FindKnown | null {
  const wanted = hexOf(fingerprints.text(layout));
  const isWanted = kept.layouts.map(each => hexOf(each.layout) === wanted);
  if (!isWanted.includes(true)) return null;
  const finder = new Finder(kept, isWanted);
  return start => finder.find(start);
}

/** Is asked about the beginning of each record that is not in a known block. */
class Finder {
  readonly #kept: KeptBlocks;
  /** By the numbers of the layouts. */
  readonly #isWanted: readonly boolean[];
  readonly #byStart: BlockIndex;
  /** The block behind the last that was found: where the file goes on as it did, it is the one that follows. */
  #following = 0;

  constructor(kept: KeptBlocks, isWanted: readonly boolean[]) {
    this.#kept = kept;
    this.#isWanted = isWanted;
    this.#byStart = new BlockIndex(kept.blocks.length, number => kept.blocks.start(number));
  }

  find(start: number): readonly KnownBlock[] {
    const first = this.#alike(this.#byStart.first(start), start);
    if (first < 0) return none;
    const { blocks, layouts } = this.#kept;
    const found: KnownBlock[] = [];
    const add = (number: number): void => {
      const block = blocks.at(number);
      found.push({ ...block, columns: layouts[block.layout]?.columns ?? [] });
    };
    const following = this.#isAlike(this.#following, start) ? this.#following : first;
    add(following);
    for (let number = first; number >= 0 && found.length < mostAlike; ) {
      if (number !== following) add(number);
      number = this.#alike(this.#byStart.next(number), start);
    }
    this.#following = following + 1;
    return found;
  }

  /** That block, or the next of its chain that begins so; -1: there is none. */
  #alike(from: number, start: number): number {
    let number = from;
    while (number >= 0 && !this.#isAlike(number, start)) number = this.#byStart.next(number);
    return number;
  }

  #isAlike(number: number, start: number): boolean {
    const { blocks } = this.#kept;
    if (number >= blocks.length || blocks.start(number) !== start) return false;
    return this.#isWanted[blocks.layout(number)] === true;
  }
}
