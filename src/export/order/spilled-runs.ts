import type { InputDescriptor } from '../../formats/input-file.ts';
import { type TemporaryWriter, temporaryFile } from '../../formats/temporary-file.ts';

/** Sequences of rows, one after the other in a nameless temporary file, as lines of JSON. */
export interface SpilledRuns<Row> {
  isEmpty(): boolean;
  add(rows: readonly Row[]): Promise<void>;
  /** One per run, in the order they were added, each to be read once. Nothing can be added from then on. */
  readers(): Iterator<Row>[];
  /** Frees the room. The readers cannot be used afterwards. */
  discard(): void;
}

interface Extent {
  readonly from: number;
  readonly to: number;
}

/** Characters. */
const writtenAtOnce = 1 << 18;
/** Bytes, of each run: small, because all of them are read side by side. */
const readAtOnce = 1 << 16;

/** The file is made with the first run. `label` names in messages what is in it. The methods throw SicError 'file'. */
export function spilledRuns<Row>(label: string): SpilledRuns<Row> {
  let file: TemporaryWriter | null = null;
  const extents: Extent[] = [];
  let size = 0;
  return {
    isEmpty: () => extents.length === 0,
    add: async rows => {
      file ??= temporaryFile(label);
      const from = size;
      for (const piece of pieces(rows)) {
        await file.write(piece);
        size += piece.length;
      }
      extents.push({ from, to: size });
    },
    readers: () => {
      if (file === null) return [];
      const opened = file.finish().open();
      return extents.map(extent => rowsOf<Row>(opened, extent));
    },
    discard: () => file?.discard(),
  };
}

function* pieces(rows: readonly unknown[]): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (text.length < writtenAtOnce) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

const lineFeed = 10;

function* rowsOf<Row>(file: InputDescriptor, { from, to }: Extent): Generator<Row> {
  let piece = Buffer.allocUnsafe(Math.min(readAtOnce, to - from));
  let [start, end, position] = [0, 0, from];
  while (start < end || position < to) {
    const length = piece.subarray(start, end).indexOf(lineFeed);
    if (length >= 0) {
      const row: Row = JSON.parse(piece.toString('utf8', start, start + length));
      start += length + 1;
      yield row;
      continue;
    }
    // The beginning of a row, which may be longer than the piece.
    piece.copyWithin(0, start, end);
    end -= start;
    start = 0;
    if (end === piece.length) piece = Buffer.concat([piece], 2 * piece.length);
    const count = file.read(piece, end, Math.min(piece.length - end, to - position), position);
    if (count === 0) throw new Error('a temporary file of sorted rows was cut off');
    position += count;
    end += count;
  }
}
