import { sameBytes } from './bytes.ts';
import { depthLimit } from './limits.ts';
import { type Markup, nextMarkup, readMarkup } from './markup.ts';

/** Why a record is not well-formed. */
export type RowFault =
  | 'no-markup' // a < that begins no tag
  | 'not-closed' // the end tag of an element around it comes first
  | 'not-open'; // an end tag without its start tag

/** Told what a row holds, in the order of the bytes. Positions are indexes into the bytes that are walked. */
export interface RowWatcher {
  /** An element begins. Depth 0 is the row itself, 1 a field. `tagEnd` is behind its start tag. */
  opened?(depth: number, nameStart: number, nameEnd: number, tagEnd: number): void;
  /** An element is complete, from the `<` of its start tag to behind its end tag. */
  closed?(depth: number, nameStart: number, nameEnd: number, end: number): void;
  /** A comment or processing instruction. */
  remark?(start: number, end: number): void;
  fault?(fault: RowFault, nameStart: number, nameEnd: number): void;
}

/** Where a row ends, or why it does not. */
export interface RowEnd {
  /** Index behind the row's end tag, or -1. */
  end: number;
  /** `incomplete`: more bytes are needed. The others end the reading of the file, at `at`. */
  stop: 'incomplete' | 'root-closed' | 'too-deep' | 'doctype' | null;
  at: number;
}

/**
 * Finds the end of the row that begins at `from`. `root` is the name of the element around all rows. A row whose tags do
 * not fit together ends where its own end tag comes, so that one bad row does not swallow the next. The answer is one
 * object, filled again by every walk.
 */
export type WalkRow = (
  bytes: Buffer,
  from: number,
  have: number,
  root: Buffer,
  watcher: RowWatcher | null,
) => RowEnd;

export function createRowWalker(): WalkRow {
  // The names of the open elements, as ranges of the bytes: nothing is copied.
  const starts = new Int32Array(depthLimit);
  const ends = new Int32Array(depthLimit);
  const markup: Markup = { kind: 'incomplete', nameEnd: 0, end: 0 };
  const answer: RowEnd = { end: -1, stop: null, at: 0 };
  const stopped = (stop: RowEnd['stop'], at: number): RowEnd => {
    answer.end = -1;
    answer.stop = stop;
    answer.at = at;
    return answer;
  };
  const ended = (end: number): RowEnd => {
    answer.end = end;
    answer.stop = null;
    return answer;
  };

  return (bytes, from, have, root, watcher) => {
    let depth = 0;
    for (let at = from; at >= 0; at = nextMarkup(bytes, markup.end, have)) {
      readMarkup(bytes, at, have, markup);
      const { kind, nameEnd, end } = markup;
      if (kind === 'start') {
        if (depth === depthLimit) return stopped('too-deep', at);
        watcher?.opened?.(depth, at + 1, nameEnd, end);
        starts[depth] = at + 1;
        ends[depth] = nameEnd;
        depth++;
      } else if (kind === 'end') {
        const name = at + 2;
        let level = depth - 1;
        while (level >= 0 && !sameBytes(bytes, name, nameEnd, bytes, starts[level] ?? 0, ends[level] ?? 0))
          level--;
        if (level < 0) {
          if (sameBytes(bytes, name, nameEnd, root, 0, root.length)) return stopped('root-closed', at);
          watcher?.fault?.('not-open', name, nameEnd);
          continue;
        }
        if (level < depth - 1) watcher?.fault?.('not-closed', starts[depth - 1] ?? 0, ends[depth - 1] ?? 0);
        depth = level;
        watcher?.closed?.(level, starts[level] ?? 0, ends[level] ?? 0, end);
        if (level === 0) return ended(end);
      } else if (kind === 'empty') {
        watcher?.opened?.(depth, at + 1, nameEnd, end);
        watcher?.closed?.(depth, at + 1, nameEnd, end);
        if (depth === 0) return ended(end);
      } else if (kind === 'incomplete') return stopped('incomplete', at);
      else if (kind === 'doctype') return stopped('doctype', at);
      else if (kind === 'comment' || kind === 'instruction') watcher?.remark?.(at, end);
      else if (kind === 'text') watcher?.fault?.('no-markup', at, at + 1);
    }
    return stopped('incomplete', have);
  };
}

/** Index behind the namespace prefix of a name, where there is one. */
export function localStart(bytes: Buffer, nameStart: number, nameEnd: number): number {
  for (let at = nameStart; at < nameEnd; at++) if (bytes[at] === 0x3a) return at + 1;
  return nameStart;
}
