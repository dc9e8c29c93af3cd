import type { OutputCell, OutputRow } from '../formats/write/row-writer.ts';
import { SicError } from '../problems/sic-error.ts';
import { type KeptRows, keepRows, type RowKeeper, readKeptRows } from '../state/kept-rows.ts';

/** What has to be known of rows to write them. */
export interface RowsAbout {
  /** What one row is. */
  readonly row: string;
  readonly columns: readonly string[];
}

export interface CachedRows {
  readonly about: RowsAbout;
  readonly ageMs: number;
  /** To be read once, and then they are closed. */
  rows(): AsyncGenerator<OutputRow[], void, void>;
  /** For an answer that nobody came to read. */
  close(): Promise<void>;
}

type Note = (text: string) => void;

/** The answer that is kept under that name, when it is young enough; null: there is none. A damaged one is told and not used. */
export async function readCache(
  stateFolder: string,
  name: string,
  { maxAgeMs, now, note }: { readonly maxAgeMs: number; readonly now: number; readonly note: Note },
): Promise<CachedRows | null> {
  const kept = await readKeptRows(stateFolder, name);
  if (kept === null) return null;
  if (kept === 'damaged') {
    note('The kept answer is damaged or cannot be read: SuperOffice is asked.');
    return null;
  }
  const ageMs = now - kept.madeAt;
  // From the future: the clock was put back, and nothing tells how old it is.
  if (!isAbout(kept.about) || ageMs > maxAgeMs || ageMs < 0) {
    await kept.close();
    return null;
  }
  return { about: kept.about, ageMs, rows: () => decoded(kept), close: kept.close };
}

/**
 * Hands rows on and keeps them, once all have passed. A cache that cannot be written is told and given up: the answer does
 * not depend on it.
 */
export async function* caching(
  rows: AsyncIterable<readonly OutputRow[]>,
  open: () => Promise<RowKeeper>,
  note: Note,
): AsyncGenerator<readonly OutputRow[], void, void> {
  let keeper: RowKeeper | null = null;
  const tried = async (work: (keeper: RowKeeper) => Promise<void>): Promise<void> => {
    if (keeper === null) return;
    try {
      await work(keeper);
    } catch (error) {
      if (!(error instanceof SicError)) throw error;
      await keeper.discard();
      keeper = null;
      note(`The answer is not kept: ${error.message}`);
    }
  };
  try {
    keeper = await open();
  } catch (error) {
    if (!(error instanceof SicError)) throw error;
    note(`The answer is not kept: ${error.message}`);
  }
  try {
    for await (const batch of rows) {
      await tried(each => each.append(batch.map(row => row.map(encoded))));
      yield batch;
    }
    await tried(each => each.commit());
  } finally {
    await keeper?.discard();
  }
}

/** Starts to keep an answer. Throws SicError 'state'. */
export function openCache(
  stateFolder: string,
  name: string,
  now: number,
  about: RowsAbout,
): Promise<RowKeeper> {
  return keepRows(stateFolder, name, { madeAt: now, about });
}

/** A text stands for itself; what has another type stands beside its text. */
function encoded({ text, typed }: OutputCell): string | [string, OutputCell['typed']] {
  return typed === text || (typed === null && text === '') ? text : [text, typed];
}

async function* decoded(kept: KeptRows): AsyncGenerator<OutputRow[], void, void> {
  for await (const batch of kept.rows())
    yield batch.map(row => (Array.isArray(row) ? row.map(decodedCell) : []));
}

function decodedCell(cell: unknown): OutputCell {
  if (typeof cell === 'string') return { text: cell, typed: cell === '' ? null : cell };
  const [text, typed]: readonly unknown[] = Array.isArray(cell) ? cell : [];
  const isTyped = typeof typed === 'number' || typeof typed === 'boolean' || typeof typed === 'string';
  return { text: String(text ?? ''), typed: isTyped ? typed : null };
}

function isAbout(value: unknown): value is RowsAbout {
  if (typeof value !== 'object' || value === null) return false;
  const columns: unknown = Reflect.get(value, 'columns');
  return (
    typeof Reflect.get(value, 'row') === 'string' &&
    Array.isArray(columns) &&
    columns.every(column => typeof column === 'string')
  );
}
