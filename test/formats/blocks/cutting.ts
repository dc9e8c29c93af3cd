import { expect } from 'vitest';
import type {
  Block,
  BlockHash,
  BlockPorts,
  FindKnown,
  KnownBlock,
} from '../../../src/formats/blocks/block.ts';
import { BlockCutter } from '../../../src/formats/blocks/cutter.ts';
import { scan as scanCsv } from '../../../src/formats/csv/scanner.ts';
import { decoder } from '../../../src/formats/decode.ts';
import { scanLines } from '../../../src/formats/json/lines.ts';
import { jsonParser } from '../../../src/formats/json/parse.ts';
import { scan as scanJson } from '../../../src/formats/json/scanner.ts';
import type { RecordBatch } from '../../../src/formats/record.ts';
import { Frame } from '../../../src/formats/xml/frame.ts';
import { xmlParser } from '../../../src/formats/xml/parse.ts';
import { scan as scanXml } from '../../../src/formats/xml/scanner.ts';
import { SicError } from '../../../src/problems/sic-error.ts';
import { loadFingerprints } from '../../../src/state/fingerprint.ts';
import { piecewise } from '../piecewise.ts';

const fingerprints = await loadFingerprints();

export const hasher: BlockPorts['hasher'] = layout => {
  const seed = fingerprints.text(layout);
  return bytes => fingerprints.raw(bytes, seed);
};

export type Records = readonly (readonly [ordinal: number, bytes: string])[];
type Scanning = Generator<RecordBatch, unknown, void>;

/** How a format cuts bytes: all of them, or those from a block on. */
export interface Cutting {
  readonly scan: (bytes: Buffer, window: number, from: Block | null, cutter?: BlockCutter) => Scanning;
  /** Each of them can be parsed: others are never accepted. */
  readonly areGood: (records: readonly Buffer[]) => boolean;
}

const parseJson = jsonParser(decoder('utf-8', 'JSON'));
const parseXml = xmlParser(decoder('utf-8', 'XML'));
const located = { label: 'x', locate: (offset: number) => `byte ${offset}` };
const frame = (): Frame =>
  new Frame({ label: 'x', lineOf: position => position }, bytes => bytes.toString('utf8'));

export const cuttings: Readonly<Record<string, Cutting>> = {
  CSV: {
    scan: (bytes, window, from, cutter) =>
      scanCsv(piecewise(bytes, window), {
        layout: { separator: 59, newline: 10 },
        skip: 0,
        line: from?.ordinal ?? 1,
        label: 'x',
        ...(cutter && { cutter }),
      }),
    areGood: () => true,
  },
  NDJSON: {
    scan: (bytes, window, from, cutter) =>
      scanLines(piecewise(bytes, window), 'x', { from, ...(cutter && { cutter }) }),
    areGood: records => parseJson(records).every(({ ok }) => ok),
  },
  JSON: {
    scan: (bytes, window, from, cutter) =>
      scanJson(piecewise(bytes, window), located, { from, ...(cutter && { cutter }) }),
    areGood: records => parseJson(records).every(({ ok }) => ok),
  },
  XML: {
    scan: (bytes, window, from, cutter) => {
      const around = frame();
      if (from) around.enter({ name: 'R', bytes: Buffer.from('R'), startTag: Buffer.from('<R>') });
      return scanXml(piecewise(bytes, window), around, { from, ...(cutter && { cutter }) });
    },
    areGood: records => parseXml(records).every(({ ok }) => ok),
  },
};

export function recordsOf(scanning: Scanning): [number, string][] {
  const found: [number, string][] = [];
  for (const { bytes, count, start, end, ordinal } of scanning)
    for (let i = 0; i < count; i++) found.push([ordinal[i] ?? 0, bytes.toString('latin1', start[i], end[i])]);
  return found;
}

/** Finds them as a state would. */
export function finding(known: readonly KnownBlock[]): FindKnown {
  return start => known.filter(block => block.start === start);
}

export interface Cut {
  readonly blocks: readonly Block[];
  /** Which bytes the cutter told of, each with how often. */
  readonly told: Uint8Array;
}

export function cut(
  { scan }: Cutting,
  bytes: Buffer,
  window: number,
  known: readonly KnownBlock[] = [],
): Cut {
  const told = new Uint8Array(bytes.length);
  const cutter = new BlockCutter('layout', { hasher, known: () => finding(known) }, (piece, position) => {
    expect(piece.equals(bytes.subarray(position, position + piece.length))).toBe(true);
    for (let at = position; at < position + piece.length; at++) told[at] = (told[at] ?? 0) + 1;
  });
  for (const _ of scan(bytes, window, null, cutter));
  return { blocks: cutter.blocks.list, told };
}

/** What it does, or what it says when it refuses. */
export function tried<Result>(action: () => Result): Result | string {
  try {
    return action();
  } catch (error) {
    // How much it quotes depends on how much of the file was there.
    if (error instanceof SicError) return error.message.slice(0, 11);
    throw error;
  }
}

/** All records of the blocks, each read on its own; and each block is what it says of itself. */
export function expectWhole(cutting: Cutting, bytes: Buffer, { blocks, told }: Cut, plain: Records): void {
  const found: [number, string][] = [];
  for (const block of blocks) {
    const part = bytes.subarray(block.offset, block.offset + block.length);
    const records = recordsOf(cutting.scan(part, part.length, block));
    expect(records.length).toBe(block.records);
    expect(records[0]?.[0]).toBe(block.ordinal);
    if (block.isOpen) expect(block.offset + block.length).toBe(bytes.length);
    found.push(...records);
  }
  expect(found).toEqual(plain);
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    expect((next?.ordinal ?? Number.POSITIVE_INFINITY) - block.ordinal).toBeGreaterThanOrEqual(
      block.ordinals,
    );
    expect(block.ordinals).toBeGreaterThanOrEqual(block.records);
  }
  expect(told.every(times => times <= 1)).toBe(true);
}

/** Bytes that no block was found for are told, and no others. */
export function expectTold({ blocks, told }: Cut, known: readonly KnownBlock[]): void {
  const isKnown = ({ hash, length, isOpen }: Block): boolean =>
    known.some(one => sameHash(one.hash, hash) && one.length === length && one.isOpen === isOpen);
  const passed = new Uint8Array(told.length);
  for (const block of blocks) {
    const times = told.subarray(block.offset, block.offset + block.length);
    if (times.includes(0)) {
      expect(isKnown(block)).toBe(true);
      expect(times.every(time => time === 0)).toBe(true);
      passed.fill(1, block.offset, block.offset + block.length);
    }
  }
  expect(told.every((times, at) => times + (passed[at] ?? 0) === 1)).toBe(true);
}

function sameHash(a: BlockHash, b: BlockHash): boolean {
  return a.lo === b.lo && a.hi === b.hi;
}

/** Blocks all of whose records were good, as an import leaves them. */
export function knownFrom(cutting: Cutting, bytes: Buffer, { blocks }: Cut): KnownBlock[] {
  return blocks
    .filter(block => {
      const part = bytes.subarray(block.offset, block.offset + block.length);
      const records = recordsOf(cutting.scan(part, part.length, block));
      return cutting.areGood(records.map(([, text]) => Buffer.from(text, 'latin1')));
    })
    .map(block => ({ ...block, columns: [] }));
}
