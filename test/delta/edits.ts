import fc from 'fast-check';
import type { Block } from '../../src/formats/blocks/block.ts';
import { type Entry, plain, type Sheet, type Style } from './sheet.ts';

/** What a program or a person does to a file from one day to the next. Places are counted modulo what there is. */
export interface Edit {
  readonly what: (typeof kinds)[number];
  readonly at: number;
  readonly to: number;
  readonly count: number;
  /** Look for the place at the border of a block. */
  readonly atBorder: boolean;
}

const kinds = [
  'change',
  'change',
  'touch',
  'touch',
  'insert',
  'insert',
  'delete',
  'delete',
  'move',
  'move',
  'double',
  'double other',
  'block moved',
  'block doubled',
  'grow',
  'restyle',
  'restyle',
  'shuffle',
  'reverse',
  'reorder columns',
  'other columns',
  'separator',
  'line ends',
  'last line',
  'encoding',
  'append',
  'change last',
  'swap keys',
] as const;

export const edit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom(...kinds),
  at: fc.nat(100_000),
  to: fc.nat(100_000),
  count: fc.integer({ min: 1, max: 12 }),
  atBorder: fc.boolean(),
});

const columnSets = [['Name'], ['Name', 'OrgNo'], ['Department'], ['Stop', 'Name'], ['OrgNo', 'Number1']];

/** @param border records up to the end of a block of the file as it was, when it was cut */
export function edited(sheet: Sheet, edit: Edit, borders: readonly number[]): Sheet {
  const entries = [...sheet.entries];
  const { length } = entries;
  const place = (given: number): number => {
    const border = edit.atBorder ? borders[given % borders.length] : undefined;
    // The last record of a block, or the first of the next one.
    const at = border === undefined ? given : Math.max(0, border - (given % 2));
    return length === 0 ? 0 : at % length;
  };
  const [at, to] = [place(edit.at), place(edit.to)];
  const range = Math.min(edit.count, length - at);
  const changeEach = (change: (entry: Entry, nth: number) => Entry): Sheet => {
    for (let n = at; n < at + range; n++) {
      const entry = entries[n];
      if (entry) entries[n] = change(entry, n);
    }
    return { ...sheet, entries };
  };
  const blockAt = (): [number, number] => {
    const number = edit.at % Math.max(1, borders.length);
    return [borders[number - 1] ?? 0, borders[number] ?? length];
  };
  switch (edit.what) {
    case 'change':
      return changeEach(entry => ({ ...entry, version: entry.version + 1 + (edit.to % 5) }));
    case 'touch':
      return changeEach(entry => ({ ...entry, aside: entry.aside + 1 + (edit.to % 5) }));
    case 'grow':
      return changeEach((entry, n) => ({ ...entry, size: n === at ? (edit.to % 50) * 1000 : entry.size }));
    case 'restyle':
      return changeEach(entry => ({ ...entry, style: styleOf(edit.to) }));
    case 'insert':
    case 'append':
      entries.splice(edit.what === 'append' ? length : at, 0, ...fresh(edit));
      return { ...sheet, entries };
    case 'change last': {
      const last = entries.pop();
      if (last) entries.push({ ...last, version: last.version + 1 });
      return { ...sheet, entries };
    }
    case 'delete':
      entries.splice(at, range);
      return { ...sheet, entries };
    case 'move':
      entries.splice(Math.min(to, length - range), 0, ...entries.splice(at, range));
      return { ...sheet, entries };
    case 'double':
      entries.splice(to, 0, ...entries.slice(at, at + range));
      return { ...sheet, entries };
    case 'double other':
      entries.splice(
        to,
        0,
        ...entries
          .slice(at, at + range)
          .map(entry =>
            edit.count % 2 ? { ...entry, aside: entry.aside + 1 } : { ...entry, version: entry.version + 1 },
          ),
      );
      return { ...sheet, entries };
    case 'block moved': {
      const [from, end] = blockAt();
      entries.splice(Math.min(to, length - (end - from)), 0, ...entries.splice(from, end - from));
      return { ...sheet, entries };
    }
    case 'block doubled': {
      const [from, end] = blockAt();
      entries.splice(to, 0, ...entries.slice(from, end));
      return { ...sheet, entries };
    }
    case 'swap keys': {
      const [one, other] = [entries[at], entries[to]];
      if (one && other && at !== to) {
        entries[at] = { ...one, key: other.key };
        entries[to] = { ...other, key: one.key };
      }
      return { ...sheet, entries };
    }
    case 'shuffle':
      // The same for the same edit: each takes the place of one before it.
      for (let n = length - 1, seed = edit.to + 1; n > 0; n--) {
        seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
        const other = (seed >>> 8) % (n + 1);
        const [one, two] = [entries[n], entries[other]];
        if (one && two) [entries[n], entries[other]] = [two, one];
      }
      return { ...sheet, entries };
    case 'reverse':
      return { ...sheet, entries: entries.reverse() };
    case 'reorder columns':
      return { ...sheet, columns: sheet.columns.toReversed() };
    case 'other columns':
      return { ...sheet, columns: columnSets[edit.to % columnSets.length] ?? [] };
    case 'separator':
      return { ...sheet, separator: sheet.separator === ';' ? ',' : ';' };
    case 'line ends':
      return { ...sheet, lineEnd: otherLineEnd(sheet, edit.to) };
    case 'last line':
      return { ...sheet, isClosed: !sheet.isClosed };
    case 'encoding':
      return { ...sheet, encoding: encodingFor(sheet.format, edit.to) };
  }
}

function styleOf(number: number): Style {
  return {
    quoted: number % 2 === 1,
    broken: number % 3 === 1,
    padded: number % 5 === 1,
    blanks: number % 7 === 1 ? 1 + (number % 3) : 0,
    isBad: number % 13 === 1,
  };
}

function fresh({ to, count, at }: Edit): Entry[] {
  return Array.from({ length: count }, (_, n) => ({
    key: n === 3 ? '' : `N${(to + n * 7) % 400}`,
    version: at % 10,
    aside: 0,
    size: (at % 40) * 100,
    style: n % 4 === 0 ? styleOf(to) : plain,
  }));
}

function otherLineEnd({ format, lineEnd }: Sheet, number: number): Sheet['lineEnd'] {
  const all: Sheet['lineEnd'][] = format === 'csv' ? ['\n', '\r\n', '\r'] : ['\n', '\r\n'];
  const others = all.filter(end => end !== lineEnd);
  return others[number % others.length] ?? '\n';
}

/** windows-1252 has to be told by the config, so a file does not change to it. */
export function encodingFor(format: Sheet['format'], number: number): Sheet['encoding'] {
  const all: Sheet['encoding'][] = ['utf-8', 'marked', 'utf-8', 'marked', 'utf-16'];
  return all[(number + (format === 'csv' ? 0 : 1)) % all.length] ?? 'utf-8';
}

/** What happens to single bytes of a file. */
export interface Damage {
  readonly what: 'flip' | 'overwrite' | 'insert' | 'remove' | 'double' | 'truncate';
  readonly near: 'anywhere' | 'first of block' | 'last of block' | 'behind block' | 'end' | 'begin';
  readonly at: number;
  readonly value: string;
  readonly count: number;
}

export const damage: fc.Arbitrary<Damage> = fc.record({
  what: fc.constantFrom('flip', 'overwrite', 'overwrite', 'insert', 'insert', 'remove', 'double', 'truncate'),
  near: fc.constantFrom(
    'anywhere',
    'anywhere',
    'first of block',
    'last of block',
    'behind block',
    'end',
    'begin',
  ),
  at: fc.nat(0xffff_ffff),
  value: fc.constantFrom(
    'x',
    '1',
    '"',
    ';',
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    ' ',
    '{',
    '}',
    ',',
    '<',
    '\u001a',
    'æ',
    '\0',
  ),
  count: fc.integer({ min: 1, max: 4 }),
});

/** @param blocks of the same file as it was before it was damaged, or of an earlier one; `mark`: bytes before them */
export function damaged(
  bytes: Buffer,
  { what, near, at, value, count }: Damage,
  blocks: readonly Block[],
  mark: number,
): Buffer {
  const block = blocks[at % Math.max(1, blocks.length)];
  const start = mark + (block?.offset ?? 0);
  const end = start + (block?.length ?? 0);
  const wanted = {
    anywhere: at,
    'first of block': start,
    'last of block': end - 1,
    'behind block': end,
    end: bytes.length - (at % 3),
    begin: at % 40,
  }[near];
  const place = Math.max(0, wanted) % (bytes.length + 1);
  const [before, behind] = [bytes.subarray(0, place), bytes.subarray(place)];
  const piece = Buffer.from(value, 'latin1');
  switch (what) {
    case 'flip':
      return Buffer.concat([
        before,
        behind.subarray(0, 1).map(byte => byte ^ (1 << (at % 7))),
        behind.subarray(1),
      ]);
    case 'overwrite':
      return Buffer.concat([before, piece, behind.subarray(piece.length)]);
    case 'insert':
      return Buffer.concat([before, piece, behind]);
    case 'remove':
      return Buffer.concat([before, behind.subarray(count)]);
    case 'double':
      return Buffer.concat([before, behind.subarray(0, count), behind]);
    case 'truncate':
      return bytes.subarray(0, near === 'anywhere' || near === 'begin' ? bytes.length - count : place);
  }
}
