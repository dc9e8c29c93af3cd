/** 64 bits as two unsigned 32-bit halves. */
export interface BlockHash {
  readonly lo: number;
  readonly hi: number;
}

/** What tells a block again when a file holds it once more, wherever. */
export interface BlockShape {
  /** Bytes. */
  readonly length: number;
  readonly records: number;
  /** By how much the ordinal of a record behind it is higher than that of its first one. */
  readonly ordinals: number;
  readonly hash: BlockHash;
  /** Tells its first record from most others. */
  readonly start: number;
  /** It ended with the file, in the middle of a line: whatever follows would belong to its last record. */
  readonly isOpen: boolean;
}

/**
 * A run of whole records of a file, about 32 KiB: from the first byte of its first record to the end of its last one, line
 * end included. Equal bytes hold equal records, since what is outside decides nothing about them.
 */
export interface Block extends BlockShape {
  /** Bytes of the file before it, a byte order mark not counted. */
  readonly offset: number;
  /** Of its first record. */
  readonly ordinal: number;
}

/** All records of a file, in blocks. */
export interface Blocks {
  /** Everything besides their bytes that decides where records end. */
  readonly layout: string;
  readonly list: readonly Block[];
}

/** Neighbouring blocks: `from` up to, not including, `to`. */
export interface BlockRange {
  readonly from: number;
  readonly to: number;
}

/** A block that a file held before, and was taken with everything in it. */
export interface KnownBlock extends BlockShape {
  /** The columns that file had. */
  readonly columns: readonly string[];
}

/** The known blocks that begin with a record of this fingerprint. */
export type FindKnown = (start: number) => readonly KnownBlock[];

/** What is needed to cut a file into blocks, and to know those again that were met before. */
export interface BlockPorts {
  readonly hasher: (layout: string) => (bytes: Uint8Array) => BlockHash;
  readonly known: (layout: string) => FindKnown;
}
